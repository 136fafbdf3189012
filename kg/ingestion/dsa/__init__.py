"""The EU's DSA Transparency Database: statements of reasons, each one decision of a platform, and tables that count them.

Its columns and codes are read by ``ontology/align``; here stand the names that are no codes.
"""

from __future__ import annotations

CAMPAIGN = "campaign/dsa-transparency-database"
UNIT = "unit/decision"
STATEMENTS, STATISTICS = "source/dsa-statements", "source/dsa-statistics"
FIRST_DAY = "2023-09-25"  # the database opened
