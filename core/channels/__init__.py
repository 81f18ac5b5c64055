"""A group's robot (DingTalk, WeCom, Feishu): what it is told, how it is signed, and that it is told once."""
