// SPDX-License-Identifier: GPL-3.0-or-later
//! What verification can say of a balance.
#pragma once
#include "ledger/core/credits.h"
#include "ledger/core/ids.h"
#include "ledger/core/instant.h"

#include <QtCore/QList>

#include <array>
#include <optional>

namespace tallystick {

enum class FindingKind {
    Fork,            ///< two rows start from the same balance: an update was lost
    Gap,             ///< a row is missing between two others
    Arithmetic,      ///< a row moved the balance by something else than its amount
    CeilingLoss,     ///< a top-up lowered the balance to its ceiling
    Tail,            ///< the last row and the balance row disagree
    SumMismatch,     ///< the amounts do not add up to the balance, though the chain holds
    NoBalanceRow,    ///< a history without a balance row
    Negative,        ///< below zero by a type that may not overdraw
    OutOfRange,      ///< outside what the ledger stores, or a clamp record that does not add up
    DuplicateReward, ///< one step rewarded twice
    RefundExceedsPayment, ///< refunds of a payment exceed it in total
    Clock,                ///< a step back in time larger than any lock wait
    Unsequenced,          ///< rows without a sequence: their order cannot be proved this way
    OutOfClockOrder       ///< harmless: rows whose time runs a little behind their order
};

inline constexpr std::array allFindingKinds{FindingKind::Fork,
                                            FindingKind::Gap,
                                            FindingKind::Arithmetic,
                                            FindingKind::CeilingLoss,
                                            FindingKind::Tail,
                                            FindingKind::SumMismatch,
                                            FindingKind::NoBalanceRow,
                                            FindingKind::Negative,
                                            FindingKind::OutOfRange,
                                            FindingKind::DuplicateReward,
                                            FindingKind::RefundExceedsPayment,
                                            FindingKind::Clock,
                                            FindingKind::Unsequenced,
                                            FindingKind::OutOfClockOrder};

/// "FORK", "GAP", "CEILING LOSS", …: the name used in reports and JSON.
[[nodiscard]] QString nameOf(FindingKind kind);
[[nodiscard]] bool isHarmless(FindingKind kind);

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

enum class Proof { Sequence, None }; ///< how the order of the rows was proved
[[nodiscard]] QString nameOf(Proof proof);

/// The verdict on one user.
struct ChainVerdict
{
    UserId user;
    Proof proof = Proof::Sequence;
    qint64 rowsChecked = 0;
    Credits computed;                ///< opening + sum of active amounts
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
