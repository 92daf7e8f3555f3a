// SPDX-License-Identifier: GPL-3.0-or-later
//! What verification looks at: one user's rows beside the stored balance.
#pragma once
#include "ledger/core/transaction.h"

#include <QtCore/QList>

#include <optional>

namespace tallystick {

/// One row as verification sees it: no metadata but what the rules speak of.
struct ChainRow
{
    TransactionKey key;
    Instant createdAt;
    Credits amount;
    TransactionType type = TransactionType::Other;
    bool active = true;
    std::optional<Credits> runningBalance;
    std::optional<qint64> sequence;
    std::optional<Instant> committedAt;     ///< where the server keeps it, of rows without sequence
    std::optional<Instant> answeredAt;      ///< when its writer had its answer, where it is known
    std::optional<Credits> requested;       ///< metadata.requestedAmount
    QString clamp;                          ///< metadata.clamp
    std::optional<TransactionKey> refundOf; ///< metadata.refundOf
    std::optional<TransactionKey> reverses; ///< metadata.reverses
};

/// Everything one user's verification needs, read in one snapshot.
struct Chain
{
    UserId user;
    QString name;                         ///< for people; empty when there is none
    std::optional<Credits> storedBalance; ///< of the balance row
    std::optional<qint64> storedSequence; ///< of the balance row
    QList<ChainRow> rows;                 ///< by sequence, then createdAt; pending rows included
};

} // namespace tallystick
