"""Where playable things come from, behind one small protocol."""
