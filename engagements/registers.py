"""Reading a register of councils: our own columns, or the names and codes that the ONS publishes.

Reading says what is wrong with which row and writes nothing; `operations.registers` does the writing.
"""

import csv
import datetime as dt
import io
import re
from collections import Counter
from dataclasses import dataclass, field

from engagements.models import Council

OWN_COLUMNS = {"name", "short_name", "code", "type", "region", "governance_model", "website", "start_date", "end_date"}
ONS_CODE = re.compile(r"^(LAD|LTLA|UTLA|CTYUA|CTY|CAUTH|FRA|FRANC)\d\dCD$", re.IGNORECASE)
GSS_CODE = re.compile(r"^[EW]\d{8}$")
ELSEWHERE = re.compile(r"^[SN]\d{8}$")
REPLACED = re.compile(r"\bReplaced by (?P<who>[^;]+)")
SHOWN = 20

TYPE_OF_CODE = {
    "E06": Council.Type.UNITARY,
    "W06": Council.Type.UNITARY,
    "E07": Council.Type.DISTRICT,
    "E08": Council.Type.METROPOLITAN,
    "E09": Council.Type.LONDON,
    "E10": Council.Type.COUNTY,
    "E31": Council.Type.FIRE,
    "E47": Council.Type.COMBINED,
}
# A Welsh principal council does all that a unitary one does.
TYPE_WORDS = {value: value for value in Council.Type.values} | {"welsh_principal": Council.Type.UNITARY}


class UnreadableRegister(Exception):
    """The file cannot be loaded. `faults` are sentences, each with its row where it has one."""

    def __init__(self, faults: list[str]):
        super().__init__(faults[0])
        self.faults = faults


@dataclass(frozen=True)
class CouncilRow:
    """One row as read. Empty facts say nothing: they never take away what is known. `followed_by` are names or codes."""

    row: int
    code: str
    name: str
    short_name: str
    type: str
    region: str = ""
    governance: str = ""
    website: str = ""
    starts_on: dt.date | None = None
    ends_on: dt.date | None = None
    notes: str = ""
    followed_by: tuple[str, ...] = ()
    replaced_by: str = ""


@dataclass
class Register:
    """A register as read. `is_official` says that its names are the short ones of the ONS, not full names."""

    rows: list[CouncilRow] = field(default_factory=list)
    is_official: bool = False
    elsewhere: int = 0

    @property
    def kinds(self) -> set[str]:
        """The first three signs of the codes in it: which kinds of council the register covers."""
        return {row.code[:3] for row in self.rows if row.code}


def read_register(text: str) -> Register:
    """Read a file of councils, or say everything that is wrong with it."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    columns = [column.strip() for column in reader.fieldnames or []]
    if not columns:
        raise UnreadableRegister(["The file is empty."])
    code_column = next((column for column in columns if ONS_CODE.match(column)), None)
    if code_column:
        return _read_official(reader, code_column, columns)
    if missing := {"name", "code", "type"} - set(columns):
        raise UnreadableRegister(
            [
                f"Row 1: the column “{sorted(missing)[0]}” is missing. A register has the columns name, code and type, "
                "or those of the ONS such as LAD24CD and LAD24NM."
            ]
        )
    return _read_own(reader)


def _read_official(reader: csv.DictReader, code_column: str, columns: list[str]) -> Register:
    name_column = f"{code_column[:-2]}NM"
    if name_column not in columns:
        raise UnreadableRegister([f"Row 1: the column “{name_column}” is missing beside “{code_column}”."])
    register, faults = Register(is_official=True), []
    for number, cells in enumerate(reader, start=2):
        code, name = _cell(cells, code_column), _cell(cells, name_column)
        if not code and not name:
            continue
        if ELSEWHERE.match(code):
            register.elsewhere += 1
            continue
        faults += [
            f"Row {number}: {fault}" for fault in _faults_of(code, name, TYPE_OF_CODE.get(code[:3], ""), None, None)
        ]
        if code[:3] in TYPE_OF_CODE and name:
            register.rows.append(CouncilRow(number, code, name, _short(name), TYPE_OF_CODE[code[:3]]))
    return _whole(register, faults)


def _read_own(reader: csv.DictReader) -> Register:
    register, faults = Register(), []
    for number, cells in enumerate(reader, start=2):
        if None in cells:
            faults.append(f"Row {number}: there are more cells than columns. Put text with commas in quotation marks.")
            continue
        if not any((value or "").strip() for value in cells.values()):
            continue
        name, code = _cell(cells, "name"), _cell(cells, "code")
        type_word = _cell(cells, "type").lower()
        kind = TYPE_WORDS.get(type_word, "")
        starts, ends = _day(_cell(cells, "start_date")), _day(_cell(cells, "end_date"))
        found = _faults_of(code, name, kind, starts, ends, type_word)
        governance = _cell(cells, "governance_model")
        if governance not in Council.Governance.values:
            found.append(f"“{governance}” is not a governance model. Use leader_cabinet, committee or elected_mayor.")
        faults += [f"Row {number}: {fault}" for fault in found]
        if found:
            continue
        notes = _cell(cells, "notes")
        replaced = REPLACED.search(notes)
        register.rows.append(
            CouncilRow(
                row=number,
                code=code,
                name=name,
                short_name=_cell(cells, "short_name") or _short(name),
                type=kind,
                region=_cell(cells, "region"),
                governance=governance,
                website=_cell(cells, "website"),
                starts_on=starts if isinstance(starts, dt.date) else None,
                ends_on=ends if isinstance(ends, dt.date) else None,
                notes=notes,
                followed_by=tuple(filter(None, (who.strip() for who in _cell(cells, "successors").split(";")))),
                replaced_by=replaced["who"].strip() if replaced else "",
            )
        )
    return _whole(register, faults)


def _whole(register: Register, faults: list[str]) -> Register:
    """The register if nothing is wrong with it: all or nothing."""
    for code, times in Counter(row.code for row in register.rows if row.code).items():
        if times > 1:
            rows = " and ".join(str(row.row) for row in register.rows if row.code == code)
            faults.append(f"Rows {rows}: the code {code} stands more than once.")
    if faults:
        raise UnreadableRegister(faults)
    if not register.rows:
        raise UnreadableRegister(["The file has no rows."])
    return register


def _faults_of(
    code: str, name: str, kind: str, starts: dt.date | str | None, ends: dt.date | str | None, type_word: str = ""
) -> list[str]:
    faults = []
    if not name:
        faults.append("the name is missing.")
    elif len(name) > 160:
        faults.append("the name is longer than 160 characters.")
    if code and not GSS_CODE.match(code):
        faults.append(f"“{code}” is not a code like E07000068.")
    elif not kind:
        wrong = type_word or code
        faults.append(
            f"“{wrong}” is not a kind of council. Use {', '.join(Council.Type.values)}."
            if wrong
            else "the type is missing."
        )
    for day, what in ((starts, "start_date"), (ends, "end_date")):
        if isinstance(day, str):
            faults.append(f"{what} “{day}” must be a real date, like 2025-03-31.")
    if isinstance(starts, dt.date) and isinstance(ends, dt.date) and ends < starts:
        faults.append("end_date is before start_date.")
    return faults


def _cell(cells: dict[str, str | None], column: str) -> str:
    return " ".join((cells.get(column) or "").split())


def _day(text: str) -> dt.date | str | None:
    """The day, nothing where there is none, and the text itself where it is no day."""
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


WRAPPING = re.compile(
    r"^(the )?(london borough of |royal borough of |city of |borough of |council of the )|"
    r"( metropolitan| county| city| borough| district)*( council| corporation)$",
    re.IGNORECASE,
)


def _short(name: str) -> str:
    """Northmoor for Northmoor Borough Council; Bristol for the ONS's “Bristol, City of”."""
    turned = re.sub(r",\s*(City|County) of$", "", name)
    return WRAPPING.sub("", turned).strip() or name
