// SPDX-License-Identifier: GPL-3.0-or-later
//! The steps under the row lock that client-driven postings share.
#pragma once
#include "ledger/core/decide.h"
#include "ledger/core/result.h"
#include "ledger/postgres/session.h"

#include <optional>

namespace tallystick::postgres {

/// A user's balance row as it was locked (or, in a broken posting, merely read).
struct LockedBalance
{
    Credits balance;
    qint64 sequence = 0;
    Instant last; ///< time of the newest row
};

/// A row already posted, as far as replays, refunds and reversals look at it.
struct PostedRow
{
    TransactionKey key;
    TransactionType type = TransactionType::Other;
    Credits requested, amount;
    std::optional<Credits> runningBalance;
    Instant at;
    std::optional<qint64> sequence;
    Clamp clamp = Clamp::None;
    std::optional<TransactionKey> refundOf, reverses;
    bool active = true;
};

/// A row to be written.
struct NewRow
{
    TransactionKey key;
    UserId user;
    Credits amount;
    TransactionType type = TransactionType::Usage;
    bool active = true;
    QJsonObject metadata;
    Credits runningBalance;
    std::optional<qint64> sequence;
    Instant last; ///< the row is given a later time than this
};

/// Each is one statement of the open transaction.
class LockedSteps final
{
public:
    explicit LockedSteps(Session& session)
        : m_session(session)
    {
    }
    /// Makes a missing balance row first; refuses UserUnknown.
    [[nodiscard]] Result<LockedBalance> lock(const UserId& user);
    [[nodiscard]] Result<std::optional<PostedRow>> find(const UserId& user,
                                                        const TransactionKey& key);
    [[nodiscard]] Result<std::optional<PostedRow>> findActivatedFrom(const UserId& user,
                                                                     const TransactionKey& key);
    struct Refunds
    {
        Credits refunded; ///< zero or negative
        qint64 count = 0;
    };
    [[nodiscard]] Result<Refunds> refundsOf(const UserId& user, const TransactionKey& payment);
    /// The time the row was given; nothing when the key stands already.
    [[nodiscard]] Result<std::optional<Instant>> insert(const NewRow& row);
    [[nodiscard]] Outcome store(const UserId& user, Credits balance, qint64 sequence, Instant at);

private:
    [[nodiscard]] Result<std::optional<PostedRow>> findBy(const char* statement, const UserId& user,
                                                          const TransactionKey& key);
    Session& m_session;
};

/// \a metadata with the record a clamped row keeps.
[[nodiscard]] QJsonObject withClamp(QJsonObject metadata, Credits requested, Clamp clamp);

} // namespace tallystick::postgres
