// SPDX-License-Identifier: GPL-3.0-or-later
//! The ledger as the rest of the program sees it, whatever keeps it.
#pragma once
#include "ledger/core/chain.h"
#include "ledger/core/page.h"
#include "ledger/core/posting.h"
#include "ledger/core/result.h"
#include "ledger/core/transaction.h"
#include "ledger/core/user.h"
#include "ledger/core/way.h"

#include <functional>
#include <memory>

namespace tallystick {

/// What is known of the server and of what this session may do there.
struct ServerFacts
{
    QString version; ///< "15.18"
    QString database;
    QString role;
    QString place;             ///< host and port, or the socket's directory
    QString timeZone;          ///< of the session
    QString synchronousCommit; ///< "on", …
    bool fsync = true;
    bool trackCommitTimestamp = false;
    bool isLab = false;    ///< carries the lab marker
    bool mayWrite = false; ///< proven: the role's privileges and the session's read-only state
    int maxConnections = 0;
};

/// A balance and where it was read.
struct Balance
{
    enum class Source { BalanceRow, History, Nothing };
    Credits credits;
    Source source = Source::Nothing;
    std::optional<qint64> sequence; ///< postings so far, of the balance row
};

/// One session's view of a ledger. Every call blocks; call it on the thread that opened it,
/// never on the GUI thread. Errors: any Failure; refusals where they are named.
class LedgerReader
{
public:
    LedgerReader() = default;
    LedgerReader(const LedgerReader&) = delete;
    LedgerReader& operator=(const LedgerReader&) = delete;
    virtual ~LedgerReader() = default;

    [[nodiscard]] virtual Result<ServerFacts> server() = 0;
    /// Customers by e-mail, or those a search finds (exact hits first, then by e-mail).
    [[nodiscard]] virtual Result<Page<User, UserCursor>> users(const UsersQuery& query) = 0;
    /// Refuses UserUnknown.
    [[nodiscard]] virtual Result<UserSummary> user(const UserId& id) = 0;
    /// An unknown user's history is empty.
    [[nodiscard]] virtual Result<Page<Transaction, HistoryCursor>>
    history(const HistoryQuery& query) = 0;
    /// Refuses TransactionUnknown.
    [[nodiscard]] virtual Result<Transaction> transaction(const UserId& user,
                                                          const TransactionKey& key) = 0;
    /// Refuses UserUnknown. Never writes.
    [[nodiscard]] virtual Result<Balance> balance(const UserId& id) = 0;
    /// The balance after the last active row at or before \a at; 0 before the first.
    [[nodiscard]] virtual Result<Balance> balanceAt(const UserId& id, Instant at) = 0;
    /// At most \a points points of the balance over the user's life, oldest first.
    [[nodiscard]] virtual Result<QList<BalancePoint>> balanceCurve(const UserId& id,
                                                                   int points) = 0;
    /// Everything verification needs of one user. Refuses UserUnknown.
    [[nodiscard]] virtual Result<Chain> chain(const UserId& id) = 0;
    /// Every user with a balance row or a history, streamed in order of id from one snapshot, a
    /// user at a time. Stops early when \a sink answers false.
    [[nodiscard]] virtual Outcome chains(const std::function<bool(Chain&&)>& sink) = 0;
};

/// The writing side. Each call is one transaction and posts at most once per key.
class LedgerWriter
{
public:
    LedgerWriter() = default;
    LedgerWriter(const LedgerWriter&) = delete;
    LedgerWriter& operator=(const LedgerWriter&) = delete;
    virtual ~LedgerWriter() = default;

    /// Validates, posts, answers. After Failure OutcomeUnknown the same posting may be sent again
    /// on a new session: it answers the first receipt if it was applied.
    [[nodiscard]] virtual Result<Receipt> post(const Posting& posting) = 0;
    [[nodiscard]] virtual Result<Receipt> reverse(const Reversal& reversal) = 0;
    [[nodiscard]] virtual Result<Receipt> activate(const Activation& activation) = 0;
    /// What post() would answer now: the same code in a transaction that is rolled back.
    [[nodiscard]] virtual Result<Receipt> preview(const Posting& posting) = 0;
    [[nodiscard]] virtual Outcome createUser(const NewUser& user) = 0;
    /// Lab only: rows, then balance, then user.
    [[nodiscard]] virtual Outcome removeUser(const UserId& id) = 0;
};

class Ledger : public LedgerReader, public LedgerWriter
{
};

/// Opens a session; call it on the thread that will use it and drop it there.
using LedgerOpener = std::function<Result<std::unique_ptr<Ledger>>()>;

} // namespace tallystick
