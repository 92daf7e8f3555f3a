// SPDX-License-Identifier: GPL-3.0-or-later
//! A customer as the ledger shows one.
#pragma once
#include "ledger/core/credits.h"
#include "ledger/core/ids.h"
#include "ledger/core/instant.h"

#include <optional>

namespace tallystick {

/// A row of the customers' list.
struct User
{
    UserId id;
    QString email;
    QString name; ///< empty when there is none
    Instant createdAt;
    Credits balance; ///< of the balance row, else from history, else 0
    bool hasBalanceRow = false;
    std::optional<Instant> lastActivity; ///< newest row of the history, pending rows included
};

/// What the header of a customer's page shows.
struct UserSummary
{
    User user;
    qint64 postings = 0; ///< active rows
    qint64 pendingCount = 0;
    Credits pendingTotal;    ///< sum of the amounts of pending rows; not part of the balance
    Credits toppedUp;        ///< sum of active TOP_UP rows
    Credits spent;           ///< sum of active USAGE rows, negative
    qint64 clampedCount = 0; ///< active rows that applied less than was requested
    std::optional<Instant> firstActivity;
};

/// A place in the customers' list: exact hits of a search first (rank 0), then by e-mail, which is
/// unique and indexed on every ledger of this shape.
struct UserCursor
{
    int rank = 0;
    QString email;
    /// An opaque token for the command line, and back.
    [[nodiscard]] QString text() const;
    [[nodiscard]] static std::optional<UserCursor> from(const QString& text);
};

struct UsersQuery
{
    QString search; ///< part of an e-mail or name, or an exact id or transaction key; empty: all
    int limit = 100;
    std::optional<UserCursor> after;
};

struct NewUser
{
    UserId id;
    QString email; ///< empty: {id}@lab.invalid
    QString name;
    bool withBalanceRow = true;
};

} // namespace tallystick
