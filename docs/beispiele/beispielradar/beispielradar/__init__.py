"""An invented radar that says ten times a second, in a line of text, how far away somebody moves and sits: `140 -`."""
