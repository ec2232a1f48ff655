"""Measurements: `bin/bench`, or some of them by name: `bin/bench pages`. Figures are written to var/bench.json too."""
