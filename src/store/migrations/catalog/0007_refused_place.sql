-- What is refused again in the same place stands there once.
CREATE INDEX refused_by_place ON refused (file, line);
