//! Text to sentences, tokens, tags and trees, in Arabic and English.
