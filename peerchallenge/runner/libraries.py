"""The system libraries that make PDF files: which of them cannot be loaded here.

Run as a program it prints their names and ends with 1 when there are any. Nothing but Python is needed to ask.
"""

import ctypes
import sys

# For each library the names it goes by on Linux, macOS and Windows, as WeasyPrint tries them.
LIBRARIES = {
    "GObject": ("libgobject-2.0.so.0", "libgobject-2.0.0.dylib", "libgobject-2.0-0.dll"),
    "Pango": ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll"),
    "PangoFT2": ("libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib", "libpangoft2-1.0-0.dll"),
    "HarfBuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll"),
    "HarfBuzz subset": ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib", "libharfbuzz-subset-0.dll"),
    "Fontconfig": ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll"),
}


def missing() -> list[str]:
    """The names of the libraries that cannot be loaded."""
    return [name for name, files in LIBRARIES.items() if not any(_loads(file) for file in files)]


def _loads(file: str) -> bool:
    try:
        ctypes.CDLL(file)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    absent = missing()
    if absent:
        print(", ".join(absent))
        sys.exit(1)
