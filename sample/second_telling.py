"""STORY.md of the second shop."""

from sample.world import World


def story(world: World) -> str:
    return ""
