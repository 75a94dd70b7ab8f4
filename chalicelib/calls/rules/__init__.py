"""Pure decisions about calls: who may speak, what news makes of a call, who may see it, what is listed."""
