"""A run that is only looked at (`--lisa-look`): what pytest cannot read is kept, and all of it told."""
