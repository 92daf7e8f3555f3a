// SPDX-License-Identifier: GPL-3.0-or-later
//! What can be asked of a ledger's one writing verb, and what it answers.
#pragma once
#include "ledger/core/credits.h"
#include "ledger/core/error.h"
#include "ledger/core/ids.h"
#include "ledger/core/instant.h"
#include "ledger/core/transactiontype.h"

#include <QtCore/QJsonObject>

#include <optional>

namespace tallystick {

/// A movement to be posted. The key is made before the first try: sending the same posting again
/// answers the first receipt, so retry, replay and doubt are one mechanism.
struct Posting
{
    enum class OnSameKey {
        Replay,        ///< the same content again answers the first receipt
        AlreadyClaimed ///< any second posting with this key is refused (rewards)
    };

    UserId user;
    TransactionKey key;
    Credits amount; ///< positive adds, negative removes
    TransactionType type = TransactionType::Usage;
    std::optional<Credits> ceiling; ///< for amount > 0: the balance is not lifted above it
    bool mayOverdraw = false;       ///< the balance may go below zero
    bool active = true;             ///< false: pending, moves no balance until activated
    OnSameKey onSameKey = OnSameKey::Replay;
    std::optional<TransactionKey> refundOf; ///< refunds of one payment never exceed it in total
    QJsonObject metadata;
};

/// Adds the opposite of a posted transaction, at most once, under the key REVERSAL-{key}.
/// It may overdraw: what was paid wrongly is taken back even when it was spent.
struct Reversal
{
    UserId user;
    TransactionKey key; ///< of the transaction to reverse
    QJsonObject metadata;
};

/// Makes a pending transaction count, exactly once.
struct Activation
{
    UserId user;
    TransactionKey key;                   ///< of the pending transaction
    std::optional<TransactionKey> newKey; ///< it is known by this key afterwards
    QJsonObject metadata;                 ///< merged over the pending row's metadata
};

enum class Clamp { None, Ceiling, Range };
/// "", "ceiling" or "range": the word kept in a clamped row's metadata.
[[nodiscard]] QString labelOf(Clamp clamp);

/// The proof of a posting.
struct Receipt
{
    TransactionKey key;
    Credits requested; ///< what was asked for
    Credits applied;   ///< what moved the balance; differs from requested when clamped
    Credits balance;   ///< after this posting
    Instant at;
    std::optional<qint64> sequence; ///< 1, 2, 3 … per user; none for pending rows and zero spends
    bool replayed = false;          ///< the answer to an earlier posting with this key
    Clamp clamp = Clamp::None;
    Anatomy anatomy;
    /// What of it the ledger has said; the user's own SQL need not say everything.
    enum class Tells { Everything, Balance, Nothing };
    Tells tells = Tells::Everything;
};

/// \name The named operations, each a posting
/// They only build; validated() says whether what was built may be sent.
/// @{
[[nodiscard]] Posting topUp(const UserId& user, Credits amount, const TransactionKey& key,
                            std::optional<Credits> ceiling = {}, const QJsonObject& metadata = {});
/// cost > 0 removes; cost < 0 is a refund and gives a positive USAGE row.
[[nodiscard]] Posting spend(const UserId& user, Credits cost, const TransactionKey& key,
                            const QJsonObject& metadata = {});
[[nodiscard]] Posting grant(const UserId& user, Credits amount, const TransactionKey& key,
                            const QJsonObject& metadata = {});
/// Its key is REWARD-{user}-{step}: at most one per user and step, ever.
[[nodiscard]] Posting reward(const UserId& user, Credits amount, const QString& step,
                             const QJsonObject& metadata = {});
/// amount > 0 is taken back from the balance, which may go below zero.
[[nodiscard]] Posting refund(const UserId& user, const TransactionKey& payment, Credits amount,
                             const TransactionKey& key, const QJsonObject& metadata = {});
/// A staff correction by any non-zero amount, of type GRANT.
[[nodiscard]] Posting adjustment(const UserId& user, Credits amount, bool mayOverdraw,
                                 const TransactionKey& key, const QJsonObject& metadata = {});
/// @}

[[nodiscard]] TransactionKey rewardKey(const UserId& user, const QString& step);
[[nodiscard]] TransactionKey reversalKey(const TransactionKey& key);

/// \name Checks that need no database, made before anything is sent; the same for every way
/// They answer the cleaned command, or IdInvalid, MetadataInvalid, AmountInvalid.
/// @{
[[nodiscard]] std::variant<Posting, RefusalWithFacts> validated(Posting posting);
[[nodiscard]] std::variant<Reversal, RefusalWithFacts> validated(Reversal reversal);
[[nodiscard]] std::variant<Activation, RefusalWithFacts> validated(Activation activation);
/// @}

/// Whom or what a refusal of \a posting speaks of: its key, the payment it refunds, or its user.
[[nodiscard]] QString subjectOf(Refusal refusal, const Posting& posting);

/// \a metadata without NUL and other control characters (tab and line feed stay) in keys and
/// values; nothing when it is larger than 1 MiB as JSON.
[[nodiscard]] std::optional<QJsonObject> cleanMetadata(const QJsonObject& metadata);

} // namespace tallystick
