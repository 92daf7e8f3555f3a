// SPDX-License-Identifier: GPL-3.0-or-later
//! Every refusal, failure, finding, type and verdict as words for people.
#pragma once
#include "ledger/audit/finding.h"
#include "ledger/core/error.h"
#include "ledger/core/ledger.h"
#include "ledger/core/transactiontype.h"
#include "ledger/core/way.h"
#include "ledger/stress/report.h"

#include <QtCore/QString>

namespace tallystick::words {

/// One sentence without a full stop, e.g. "User u-1 not found".
[[nodiscard]] QString sentence(const RefusalWithFacts& refusal);

enum class Doing {
    Reading,
    Writing,
    Refreshing ///< reading again what a posting has just changed
};
/// What happened, what it means for the money, what to do: one sentence each, with full stops.
struct Explanation
{
    QString happened;
    QString money;
    QString advice;
    QString technical; ///< SQLSTATE, statement and the server's own words; may be empty
};
[[nodiscard]] Explanation explain(const Failure& failure, Doing doing);
/// An explanation without its technical part, for where nothing can be unfolded.
[[nodiscard]] QString plain(const Error& error, Doing doing);
/// All of an explanation on one line; the technical part in parentheses at the end.
[[nodiscard]] QString sentence(const Failure& failure, Doing doing);
[[nodiscard]] QString sentence(const Error& error, Doing doing);

[[nodiscard]] QString word(TransactionType type); ///< "Top-up", "Usage", …
[[nodiscard]] QString word(FindingKind kind);     ///< "Lost update", "Missing row", …
/// What a finding says with its money, e.g. "Two rows start from the same balance: a concurrent
/// update was lost; $3.45 are missing".
[[nodiscard]] QString sentence(const Finding& finding);
/// "Verified", "Verified, 3 rows out of clock order", or "Not verified: 2 findings".
[[nodiscard]] QString sentence(const ChainVerdict& verdict);

[[nodiscard]] QString word(Verdict verdict);         ///< "PASS", "VIOLATED", "UNKNOWN", …
[[nodiscard]] QString sentence(Verdict verdict);     ///< what that means
[[nodiscard]] QString word(Validity validity);       ///< "Valid", "Invalid", "Unknown"
[[nodiscard]] QString word(OperationKind operation); ///< "Spend", "Top-up", …
[[nodiscard]] QString word(Way way);                 ///< "Row lock", "Function"
[[nodiscard]] QString word(Refusal refusal);         ///< short, for legends and tables
[[nodiscard]] QString word(Failure::Kind kind);      ///< short, for legends and tables
[[nodiscard]] QString word(Balance::Source source);
[[nodiscard]] QString word(Clamp clamp); ///< "limited by the ceiling"; empty for None

} // namespace tallystick::words
