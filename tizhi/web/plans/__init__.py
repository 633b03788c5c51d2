"""一校一策: where every plan stands, its text and how it is written, its versions, measures and papers."""
