"""The command with which the administration of a Landkreis says who may log in."""
