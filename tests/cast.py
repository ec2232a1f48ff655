"""The people of the tests, always the same."""

from dataclasses import dataclass
from typing import Any

from peerchallenge.accounts.models import User

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Cast:
    olu: Any  # programme office
    maya: Any  # peer challenge manager, of Northmoor
    milo: Any  # another peer challenge manager, of Saltmere
    lena: Any  # lead peer at Northmoor
    piotr: Any  # peer at Northmoor
    noor: Any  # peer at Saltmere
    carys: Any  # coordinator of Northmoor
    owen: Any  # owns an action of Northmoor
    anwen: Any  # accountable at Northmoor
    ruth: Any  # clerk of Northmoor
    rhys: Any  # reader at Northmoor
    sam: Any  # coordinator of Saltmere
    ada: Any  # administrator

    def people(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def person(email: str, name: str, **fields: Any) -> User:
    return User.objects.create_user(email, PASSWORD, name=name, **fields)


def the_cast() -> Cast:
    return Cast(
        olu=person("olu@lga.example", "Olu Adeyemi", lga_role="programme_office"),
        maya=person("maya@lga.example", "Maya Fernandes", lga_role="manager"),
        milo=person("milo@lga.example", "Milo Andrews", lga_role="manager"),
        lena=person("lena@eastvale.example", "Lena Fischer", job_title="Leader of Eastvale"),
        piotr=person("piotr@westholm.example", "Piotr Zielinski", job_title="Chief Executive of Westholm"),
        noor=person("noor@harrowby.example", "Noor Haddad", job_title="Leader of Harrowby"),
        carys=person("carys@northmoor.example", "Carys Bevan", job_title="Policy and Performance Manager"),
        owen=person("owen@northmoor.example", "Owen Price", job_title="Director of Policy"),
        anwen=person("anwen@northmoor.example", "Anwen Hughes", job_title="Chief Executive"),
        ruth=person("ruth@northmoor.example", "Ruth Okafor", job_title="Democratic Services Officer"),
        rhys=person("rhys@northmoor.example", "Rhys Morgan"),
        sam=person("sam@saltmere.example", "Sam Whitlock", job_title="Head of Policy"),
        ada=person("ada@lga.example", "Ada Marsh", lga_role="administrator"),
    )
