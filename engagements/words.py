"""Words that depend on how a council is governed. A council changes its model; its papers change their words."""

from dataclasses import dataclass


@dataclass(frozen=True)
class GovernanceWords:
    executive: str
    leader: str
    portfolio_holder: str


GOVERNANCE_WORDS = {
    "": GovernanceWords("Executive", "Leader of the Council", "Portfolio holder"),
    "leader_cabinet": GovernanceWords("Cabinet", "Leader of the Council", "Portfolio holder"),
    "committee": GovernanceWords("Policy committee", "Leader of the Council", "Committee chair"),
    "elected_mayor": GovernanceWords("Cabinet", "Mayor", "Portfolio holder"),
}
