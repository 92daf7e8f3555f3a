// SPDX-License-Identifier: GPL-3.0-or-later
//! A row of a customer's history.
#pragma once
#include "ledger/core/credits.h"
#include "ledger/core/ids.h"
#include "ledger/core/instant.h"
#include "ledger/core/transactiontype.h"

#include <QtCore/QJsonObject>
#include <QtCore/QList>

#include <optional>

namespace tallystick {

struct Transaction
{
    TransactionKey key;
    UserId user;
    Instant createdAt;
    Credits amount; ///< what was applied
    TransactionType type = TransactionType::Other;
    QString typeLabel; ///< as stored; says more than \a type for labels we do not know
    bool active = true;
    std::optional<Credits> runningBalance;
    std::optional<qint64> sequence;
    QJsonObject metadata;
    QByteArray metadataText; ///< as the server prints it: exact big integers, for the raw view
    std::optional<Credits> requested; ///< only when clamped
};

/// A place in a history: newest first, then key.
struct HistoryCursor
{
    Instant createdAt;
    TransactionKey key;
    [[nodiscard]] QString text() const;
    [[nodiscard]] static std::optional<HistoryCursor> from(const QString& text);
};

struct HistoryQuery
{
    UserId user;
    int limit = 100;
    std::optional<HistoryCursor> before;
    QList<TransactionType> types; ///< empty: all
    std::optional<Instant> from;  ///< inclusive
    std::optional<Instant> until; ///< exclusive
    std::optional<bool> active;   ///< true: only active rows, false: only pending ones
};

/// A point of a customer's balance over time.
struct BalancePoint
{
    Instant at;
    Credits balance;
};

} // namespace tallystick
