-- Stories that documents have joined or left since their happenings were found.
CREATE TABLE _stale_stories (
  story INTEGER PRIMARY KEY         -- the first document
) STRICT;
