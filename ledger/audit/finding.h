// SPDX-License-Identifier: GPL-3.0-or-later
//! What verification can say of a balance.
#pragma once
#include "ledger/core/credits.h"
#include "ledger/core/ids.h"
#include "ledger/core/instant.h"

#include <QtCore/QList>

#include <array>
#include <optional>
#include <vector>

namespace tallystick {

enum class FindingKind {
    Fork,            ///< two rows start from the same balance: an update was lost
    Gap,             ///< a row is missing between two others
    Arithmetic,      ///< a row moved the balance by something else than its amount
    CeilingLoss,     ///< a top-up lowered the balance to its ceiling
    Tail,            ///< the last row and the balance row disagree
    Orphan,          ///< rows that nothing leads to: no order of the rows passes them
    SumMismatch,     ///< the amounts do not add up to the balance, though the chain holds
    NoBalanceRow,    ///< a history without a balance row
    Negative,        ///< below zero by a type that may not overdraw
    OutOfRange,      ///< outside what the ledger stores, or a clamp record that does not add up
    DuplicateReward, ///< one step rewarded twice
    RefundExceedsPayment, ///< refunds of a payment exceed it in total
    Clock,                ///< a step back in time larger than any lock wait
    Unsequenced, ///< rows with nothing to prove their order by: a number twice, no running balance
    Clamped,     ///< harmless: cut at a ceiling, though the row keeps the amount asked for
    OutOfClockOrder ///< harmless: rows whose time runs a little behind their order
};

inline constexpr std::array allFindingKinds{FindingKind::Fork,
                                            FindingKind::Gap,
                                            FindingKind::Arithmetic,
                                            FindingKind::CeilingLoss,
                                            FindingKind::Tail,
                                            FindingKind::Orphan,
                                            FindingKind::SumMismatch,
                                            FindingKind::NoBalanceRow,
                                            FindingKind::Negative,
                                            FindingKind::OutOfRange,
                                            FindingKind::DuplicateReward,
                                            FindingKind::RefundExceedsPayment,
                                            FindingKind::Clock,
                                            FindingKind::Unsequenced,
                                            FindingKind::Clamped,
                                            FindingKind::OutOfClockOrder};

/// "FORK", "GAP", "CEILING LOSS", …: the name used in reports and JSON.
[[nodiscard]] QString nameOf(FindingKind kind);
[[nodiscard]] bool isHarmless(FindingKind kind);
/// The rows do not stand in one order, each where the one before it ended.
[[nodiscard]] bool breaksOrder(FindingKind kind);

/// One thing verification noticed, with the money and the rows it concerns.
struct Finding
{
    FindingKind kind = FindingKind::Fork;
    UserId user;
    QList<TransactionKey> rows; ///< first the row that is wrong
    Credits credits;            ///< money at stake, never negative
    /// What should stand at the first row (or in the balance row) and what stands there. Balances,
    /// but for ARITHMETIC: what the row moved the balance by, and the amount it says.
    std::optional<Credits> expected;
    std::optional<Credits> found;
    qint64 count = 1; ///< rows concerned, where only the first are named; of CLOCK: minutes back
};

/// How the order of the rows was proved, the best first.
enum class Proof {
    Sequence,   ///< numbers given out under the row lock
    CommitTime, ///< the server's commit times, where it keeps them
    Trail,      ///< the rows fit together in some order; it need not be the one they came in
    None
};
inline constexpr std::array allProofs{Proof::Sequence, Proof::CommitTime, Proof::Trail,
                                      Proof::None};
/// "sequence", "commitTime", "trail", "none".
[[nodiscard]] QString nameOf(Proof proof);

/// The verdict on one user.
struct ChainVerdict
{
    UserId user;
    Proof proof = Proof::Sequence;
    qint64 rowsChecked = 0;
    Credits computed; ///< sum of active amounts, as far as they were applied
    /// Where the order is not by sequence: the active rows in it, as places in the chain's list.
    std::vector<qint32> order;
    QList<Finding> findings;         ///< worst first
    [[nodiscard]] bool holds() const ///< no finding but harmless ones
    {
        for (const Finding& finding : findings)
            if (!isHarmless(finding.kind))
                return false;
        return true;
    }
};

} // namespace tallystick
