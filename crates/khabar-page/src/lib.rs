//! Bytes of a page to a clean article.
