// SPDX-License-Identifier: GPL-3.0-or-later
//! What only a lab offers to a stress run: throw-away users, a snapshot of them, who waits for
//! whom.
#pragma once
#include "ledger/core/ledger.h"

#include <QtCore/QList>
#include <QtCore/QSet>

namespace tallystick {

/// A user made for a run.
struct BenchUser
{
    UserId id;
    Credits openingBalance;
    bool balanceRow = true; ///< false: as live databases have them, without a balance row
    bool history = true;    ///< the opening balance stands as one active row with sequence 1
    TransactionType openingType = TransactionType::TopUp;
    TransactionKey openingKey; ///< of that row
    bool sequenced = true;     ///< false: rows carry no sequence, as in other ledgers
    /// Pending or active rows that stand before the run starts, e.g. the top-up to activate.
    QList<Posting> prepared;
};

/// One waiter seen in pg_locks / pg_stat_activity.
struct LockWait
{
    Instant at; ///< when it was sampled
    int waiterPid = 0;
    QString waiterName;     ///< application_name of the waiter, "…/w12" for worker 12
    QList<int> blockerPids; ///< who holds or queues before it (pg_blocking_pids)
    QStringList blockerNames;
    QString waitEvent;          ///< "transactionid", "tuple", …
    qint64 waitedMicros = 0;    ///< since the wait began (pg_locks.waitstart)
    std::optional<UserId> user; ///< whose balance row, where the lock names it
};

/// How many of the run's sessions are in which state, from the same sample.
struct ActivitySample
{
    Instant at;
    int active = 0;
    int waitingForLock = 0;
    int waitingForCommit = 0; ///< WALSync, WALWrite, SyncRep
    int idle = 0;
    QList<LockWait> waits;
};

/// What the server itself finds of the chains of some users.
struct ServerFindings
{
    QSet<UserId> broken;    ///< no chain from nothing to the stored balance
    QSet<UserId> undecided; ///< it cannot say
};

/// Its own session; the same thread rules as LedgerReader. Refuses with Failure NoLabMarker on a
/// database without the marker.
class Bench
{
public:
    Bench() = default;
    Bench(const Bench&) = delete;
    Bench& operator=(const Bench&) = delete;
    virtual ~Bench() = default;

    [[nodiscard]] virtual Result<ServerFacts> server() = 0;
    /// All or none.
    [[nodiscard]] virtual Outcome createUsers(const QList<BenchUser>& users) = 0;
    [[nodiscard]] virtual Outcome removeUsers(const QList<UserId>& users) = 0;
    /// Waits until no other session named \a sessionPrefix… is left; those still there after
    /// \a graceMillis are terminated and waited for. Only then may a missing key be called lost.
    [[nodiscard]] virtual Outcome quiesce(const QString& sessionPrefix, int graceMillis) = 0;
    /// Rows and balances of \a users, which are in the order of their ids, streamed in that order
    /// from one REPEATABLE READ READ ONLY transaction; users that are not there are left out. Stops
    /// early when \a sink answers false. Answers what the server makes of the same rows in the same
    /// transaction, by other means than the caller's.
    [[nodiscard]] virtual Result<ServerFindings>
    snapshot(const QList<UserId>& users, const std::function<bool(Chain&&)>& sink) = 0;
    /// The least time one of a few empty statements took there and back: no posting is faster.
    [[nodiscard]] virtual Result<qint64> roundTripMicros() = 0;
    /// One look at the sessions named \a sessionPrefix….
    [[nodiscard]] virtual Result<ActivitySample> sample(const QString& sessionPrefix) = 0;
    /// Takes the lock of a user's balance row and keeps it until releaseLock() or the session's
    /// end, so that a queue forms behind it. One lock at a time.
    [[nodiscard]] virtual Outcome holdLock(const UserId& user) = 0;
    [[nodiscard]] virtual Outcome releaseLock() = 0;
};

using BenchOpener = std::function<Result<std::unique_ptr<Bench>>()>;

/// Opens a session for one worker of a run: what it posts against and how it names itself
/// (application_name, at most 63 bytes).
using TargetOpener = std::function<Result<std::unique_ptr<Ledger>>(const Target& target,
                                                                   const QString& sessionName)>;

} // namespace tallystick
