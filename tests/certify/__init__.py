"""`lisa certify`, `lisa verify`: a run becomes one file, and on another machine each verdict follows from it again."""
