// SPDX-License-Identifier: GPL-3.0-or-later
//! What a run will do: its users and its operations, settled by the seed before it starts.
#pragma once
#include "ledger/stress/random.h"
#include "ledger/stress/scenario.h"

#include <variant>
#include <vector>

namespace tallystick {

/// One intent. Its key is fixed here, before it is sent for the first time.
struct PlannedOperation
{
    qint64 ordinal = 0; ///< unique in the run
    Credits amount;
    qint32 user = 0;   ///< of the plan's users
    qint16 worker = 0; ///< who sends it
    qint16 entry = 0;  ///< of the scenario's mix
};

/// What is sent for an operation.
using Command = std::variant<Posting, Reversal, Activation, UserId>; ///< a UserId: read its balance

/// Immutable; any thread may read it.
class Plan final
{
public:
    /// \a runId tells the users and keys of this run from those of every other.
    Plan(const Scenario& scenario, const QString& runId);

    [[nodiscard]] const Scenario& scenario() const { return m_scenario; }
    [[nodiscard]] const QList<UserId>& users() const { return m_users; }
    [[nodiscard]] QList<BenchUser> benchUsers() const;
    /// The rows of a user that are written before the run, after the opening balance.
    [[nodiscard]] QList<Posting> preparedFor(const UserId& user) const;
    /// What stands in every user's history before the run starts, and is active then.
    [[nodiscard]] QList<TransactionKey> openingKeys() const;
    /// Operations planned; none: until the time is over.
    [[nodiscard]] std::optional<qint64> operations() const;
    /// The operations that must be answered before those which come afterOthers.
    [[nodiscard]] qint64 operationsBeforeOthers() const { return m_beforeOthers; }
    /// The operation with this number, whoever sends it and when; nothing beyond the last. It
    /// follows from the seed and its number alone.
    [[nodiscard]] std::optional<PlannedOperation> operation(qint64 ordinal, int worker) const;
    /// SHA-256 over the planned operations: the first million, of runs by time the first thousand
    /// of each session.
    [[nodiscard]] QString hash() const;

    [[nodiscard]] const MixEntry& entryOf(const PlannedOperation& operation) const
    {
        return m_scenario.mix.at(operation.entry);
    }
    [[nodiscard]] const UserId& userOf(const PlannedOperation& operation) const
    {
        return m_users.at(operation.user);
    }
    [[nodiscard]] Command commandFor(const PlannedOperation& operation) const;
    /// The key of the row the operation writes when it succeeds; empty for reads.
    [[nodiscard]] TransactionKey rowKeyOf(const PlannedOperation& operation) const;
    /// That key is no other operation's.
    [[nodiscard]] bool hasOwnKey(const PlannedOperation& operation) const;
    /// The number in a key that can be an operation's own; nothing in every other key.
    [[nodiscard]] std::optional<qint64> ordinalOf(const TransactionKey& key) const;

    /// One worker's share of a closed run, in order. Not thread-safe: each worker has its own.
    class Stream final
    {
    public:
        Stream(const Plan& plan, int worker);
        [[nodiscard]] std::optional<PlannedOperation> next();

    private:
        const Plan& m_plan;
        int m_worker;
        qint64 m_done = 0;
    };

private:
    [[nodiscard]] int drawnEntry(Random& random) const;
    [[nodiscard]] int drawnUser(Random& random) const;
    [[nodiscard]] TransactionKey preparedKey(const QString& name) const;
    void layOut();

    Scenario m_scenario;
    QString m_runId;
    QList<UserId> m_users;
    std::vector<quint64> m_userWeights; ///< cumulative; empty where all are alike
    quint64 m_entryWeights = 0;
    std::vector<quint8> m_entries; ///< by number, where the mix counts; a mix has at most 100
    qint64 m_beforeOthers = 0;
    int m_sessions;
};

} // namespace tallystick
