// SPDX-License-Identifier: GPL-3.0-or-later
//! What is known after a run, arranged for the checks: a user at a time.
#pragma once
#include "ledger/audit/chaincheck.h"
#include "ledger/stress/record.h"
#include "ledger/stress/report.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <span>
#include <vector>

namespace tallystick {

/// What holds for every user of a run. The plan must outlive it.
class Evidence final
{
public:
    Evidence(const Plan& plan, const QList<LockWait>& lockQueue);

    [[nodiscard]] const Plan& plan() const { return m_plan; }
    [[nodiscard]] const QList<LockWait>& lockQueue() const { return m_lockQueue; }
    /// Rows that stood before the run.
    [[nodiscard]] bool isOpeningKey(const TransactionKey& key) const
    {
        return m_openingKeys.contains(key);
    }
    [[nodiscard]] bool isPreparedKey(const TransactionKey& key) const
    {
        return m_preparedKeys.contains(key);
    }
    /// The opening balance with the prepared rows that count.
    [[nodiscard]] Credits openingBalance() const { return m_opening; }
    [[nodiscard]] const MixEntry& entryOf(const OperationRecord& record) const
    {
        return m_plan.entryOf(record.planned);
    }
    [[nodiscard]] TransactionKey keyOf(const OperationRecord& record) const
    {
        return m_plan.rowKeyOf(record.planned);
    }
    [[nodiscard]] Command commandOf(const OperationRecord& record) const
    {
        return m_plan.commandFor(record.planned);
    }
    /// The target is the user's own SQL: its rows and replies need not say everything.
    [[nodiscard]] bool isForeign() const { return m_isForeign; }
    /// Ceilings of the mix, at which foreign rows may have been cut and keep what they asked for.
    [[nodiscard]] const QList<Credits>& foreignCeilings() const { return m_foreignCeilings; }
    /// Whether a foreign row of the operation may stand for less than was asked for: it was cut at
    /// the ceiling and does not record it.
    [[nodiscard]] bool mayBeCut(const OperationRecord& record, const ChainRow& row) const;
    /// An example that names the operation's user and key.
    [[nodiscard]] Example exampleOf(const OperationRecord& record, const char* what) const;

private:
    const Plan& m_plan;
    QList<LockWait> m_lockQueue;
    QSet<TransactionKey> m_openingKeys;  ///< active before the run
    QSet<TransactionKey> m_preparedKeys; ///< those and the pending ones
    Credits m_opening;
    bool m_isForeign;
    QList<Credits> m_foreignCeilings;
};

/// One user's part of a run: operations beside rows. The records must outlive it.
class UserEvidence final
{
public:
    /// \a records are put in the order they were sent. \a chain: nothing where the snapshot has
    /// none of the user.
    UserEvidence(const Evidence& evidence, const UserId& user, std::optional<Chain> chain,
                 std::span<OperationRecord> records);

    [[nodiscard]] const UserId& user() const { return m_chain.user; }
    [[nodiscard]] const Chain& chain() const { return m_chain; }
    [[nodiscard]] const ChainVerdict& verdict() const { return m_verdict; }
    /// Nothing breaks the chain: its rows stand in an order that explains them.
    [[nodiscard]] bool hasSoundOrder() const { return m_hasSoundOrder; }
    /// They came in that order. Otherwise what contradicts it proves nothing: another order may
    /// explain the rows as well.
    [[nodiscard]] bool isOrderCertain() const { return m_verdict.proof != Proof::Trail; }
    /// The place of an active row in the order, from 1; nothing where the order is not known.
    [[nodiscard]] std::optional<qint64> placeOf(const ChainRow& row) const;
    /// What the row moved the balance by: its amount, but for one that was cut and does not say so.
    [[nodiscard]] Credits appliedBy(const ChainRow& row) const;
    /// By the time they were sent; those that never were come first.
    [[nodiscard]] std::span<OperationRecord> records() { return m_records; }
    [[nodiscard]] std::span<const OperationRecord> records() const { return m_records; }

    /// The only row with this key, or the first; null when there is none.
    [[nodiscard]] const ChainRow* row(const TransactionKey& key) const;
    /// The same for the key of one of the records, found at once.
    [[nodiscard]] const ChainRow* rowOf(const OperationRecord& record) const;
    /// Rows whose key another one before them has.
    [[nodiscard]] const std::vector<const ChainRow*>& duplicates() const { return m_duplicates; }
    /// The operations on a key, in the order they were sent.
    [[nodiscard]] std::vector<const OperationRecord*> recordsOf(const TransactionKey& key) const;
    /// Keys more than one operation is about.
    [[nodiscard]] QList<TransactionKey> sharedKeys() const;
    /// Written by nobody who is known: neither before the run nor by one of its operations.
    [[nodiscard]] bool isForeign(const TransactionKey& key) const;

    /// An outcome is still unknown, or somebody else wrote to the user.
    [[nodiscard]] bool isInDoubt() const { return m_isInDoubt; }
    /// The server was away or somebody else wrote: other things happened than were planned.
    [[nodiscard]] bool wasDisturbed() const { return m_wasDisturbed; }
    /// Looks at the outcomes again; to be called when they were changed.
    void review();

private:
    using Places = std::vector<quint32>; ///< in m_records
    void sortRecords();
    void findRows();
    void tellAnswers();
    void arrangeRows();
    /// The records with this number, in m_byOrdinal.
    [[nodiscard]] std::span<const quint32> numbered(qint64 ordinal) const;

    const Evidence& m_evidence;
    Chain m_chain;
    ChainVerdict m_verdict;
    QHash<TransactionKey, Credits> m_cut; ///< what such rows moved the balance by
    bool m_hasSoundOrder = false;
    bool m_hasForeignRow = false;
    bool m_isInDoubt = false;
    bool m_wasDisturbed = false;
    std::span<OperationRecord> m_records;
    Places m_byOrdinal; ///< those with a key of their own
    QHash<TransactionKey, Places> m_shared;
    std::vector<qint32> m_rows;                ///< of each record, −1: none
    QHash<TransactionKey, qint32> m_otherRows; ///< whose key is no record's own
    std::vector<const ChainRow*> m_duplicates;
};

/// Collects what one invariant finds.
class Finder final
{
public:
    Finder(const QString& id, const QString& name);
    void check() { ++m_result.checked; }
    void violate(const Example& example);
    /// Cannot be decided.
    void doubt(const Example& example);
    [[nodiscard]] qint64 complaints() const { return m_result.violations + m_doubts; }
    [[nodiscard]] const InvariantResult& result() const { return m_result; }

private:
    void keep(const Example& example);
    InvariantResult m_result;
    qint64 m_doubts = 0;
    qint64 m_worst = 0;
};

/// \name The invariants, each for one user of a run
/// @{
using Check = void(Finder& finder, const Evidence& evidence, const UserEvidence& user);
Check checkNoLostAcknowledgement; ///< R1
Check checkNoGhost;               ///< R2
Check checkExactlyOnce;           ///< R3
Check checkChain;                 ///< R4
Check checkConservation;          ///< R5, but for the totals
Check checkBounds;                ///< R6
Check checkReplies;               ///< R7
Check checkRealTimeOrder;         ///< R8
Check checkRefusals;              ///< R9
Check checkReads;                 ///< R10
Check checkDurability;            ///< R11, of users who saw the server go
/// @}

/// R5 over all users: the money in all histories, rows and balances.
struct Totals
{
    qint64 byHistory = 0, byRows = 0, stored = 0;
    bool isInDoubt = false;
    void add(const Evidence& evidence, const UserEvidence& user);
    void check(Finder& finder) const;
};

/// What the scenario says must hold of its only user, E1…; empty where it says nothing.
/// \a hasSnapshot: the user's rows and balance were read.
[[nodiscard]] QList<InvariantResult> checkExpectations(const Evidence& evidence,
                                                       const UserEvidence& user, bool hasSnapshot);

} // namespace tallystick
