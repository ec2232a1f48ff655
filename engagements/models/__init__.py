"""The challenge itself: councils and posts, frameworks, engagements and their clock, recommendations."""

from engagements.models.council import Council, CouncilRole, Post, PostHolding, Succession
from engagements.models.engagement import Engagement, EngagementPeer, JointCouncil, Milestone, StageMove, VisitDate
from engagements.models.framework import ChallengeType, ElectionDay, Framework, MilestoneRule, Question, Theme
from engagements.models.recommendation import Recommendation
from engagements.models.scope import FocusArea, FocusQuestion

__all__ = [
    "ChallengeType",
    "Council",
    "CouncilRole",
    "ElectionDay",
    "Engagement",
    "EngagementPeer",
    "FocusArea",
    "FocusQuestion",
    "Framework",
    "JointCouncil",
    "Milestone",
    "MilestoneRule",
    "Post",
    "PostHolding",
    "Question",
    "Recommendation",
    "StageMove",
    "Succession",
    "Theme",
    "VisitDate",
]
