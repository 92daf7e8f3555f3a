// SPDX-License-Identifier: GPL-3.0-or-later
//! What a single row says, whatever stands around it.
#pragma once
#include "ledger/audit/finding.h"
#include "ledger/core/chain.h"

#include <QtCore/QSet>

#include <vector>

namespace tallystick {

using ChainRows = std::vector<const ChainRow*>;

/// The balance a row says it started from; a row without a running balance says none.
[[nodiscard]] inline qint64 startOf(const ChainRow& row)
{
    return row.runningBalance->value() - row.amount.value();
}

/// Whether a row that goes below zero may: by its type, or because it takes another one back.
[[nodiscard]] bool mayOverdraw(const ChainRow& row);

/// Whether a clamp record, where there is one, agrees with its amount: it says what was asked for,
/// and what was applied lies between 0 and that.
[[nodiscard]] bool isClampRecordSound(const ChainRow& row);

/// OUT OF RANGE, CEILING LOSS or NEGATIVE of a row that stands rightly in its chain and left
/// \a balance. \a isOwn: written by this program, whose rows record every clamp.
[[nodiscard]] std::optional<Finding> rowFinding(const UserId& user, const ChainRow& row,
                                                qint64 balance, bool isOwn);

/// Rows of ledgers which cut a top-up at a ceiling and keep the amount that was asked for: the
/// balance such a row started from cannot be told from the row alone. A row counts as one only
/// where something else says so, for an edited amount looks the same: its own clamp record, a
/// ceiling that is known, or another top-up that ends there and starts where nothing ended.
class ForeignClamps final
{
public:
    /// \a ceilings: those known to have been asked for, beside what the rows say.
    ForeignClamps(const ChainRows& rows, qint64 opening, const QList<Credits>& ceilings);
    [[nodiscard]] bool isCandidate(const ChainRow& row) const;
    /// Whether the row can have been cut when it found the balance at \a before.
    [[nodiscard]] bool explains(const ChainRow& row, qint64 before) const
    {
        return before > startOf(row) && before <= row.runningBalance->value() && isCandidate(row);
    }

private:
    QSet<qint64> m_ceilings;
};

} // namespace tallystick
