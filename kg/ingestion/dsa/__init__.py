"""The EU's DSA Transparency Database: its dumps of statements of reasons, as published."""
