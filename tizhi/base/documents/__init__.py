"""成文: a document as data, and its writers for Word, plain text and Excel."""
