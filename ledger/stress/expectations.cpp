// SPDX-License-Identifier: GPL-3.0-or-later
//! What a scenario itself says must hold afterwards.
#include "ledger/stress/evidence.h"
#include "ledger/stress/recorder.h"

#include <algorithm>

namespace tallystick {

namespace {

/// The scenario's only user.
struct Only
{
    const Evidence& evidence;
    const UserEvidence& user;
    bool wasDisturbed; ///< or the run was cut short
    [[nodiscard]] const Scenario& scenario() const { return evidence.plan().scenario(); }
};

/// Collects the expectations of one kind. Where the server was away or the run was cut short,
/// another end than the expected one is no violation: not everything happened.
class Judge final
{
public:
    Judge(const QString& id, const QString& name, const Only& only)
        : m_finder(id, name)
        , m_only(only)
    {
    }
    void expect(bool holds, const Example& example)
    {
        m_hasExpectation = true;
        m_finder.check();
        if (holds)
            return;
        m_only.wasDisturbed ? m_finder.doubt(example) : m_finder.violate(example);
    }
    void expectCount(const std::optional<qint64>& wanted, qint64 found, const QString& what)
    {
        if (wanted)
            expect(*wanted == found,
                   {.expected = Credits::of(*wanted), .found = Credits::of(found), .what = what});
    }
    void expectCredits(const std::optional<Credits>& wanted, const std::optional<Credits>& found,
                       const TransactionKey& key, const QString& what)
    {
        if (wanted)
            expect(found == wanted, {.user = m_only.user.user(),
                                     .key = key,
                                     .expected = wanted,
                                     .found = found,
                                     .what = what});
    }
    void addTo(QList<InvariantResult>& results) const
    {
        if (m_hasExpectation)
            results.append(m_finder.result());
    }

private:
    Finder m_finder;
    const Only& m_only;
    bool m_hasExpectation = false;
};

void judgeOutcomes(const Only& only, QList<InvariantResult>& results)
{
    const Expectations& expect = only.scenario().expect;
    OutcomeCounts counts;
    QMap<QString, qint64> refused;
    for (const OperationRecord& record : only.user.records()) {
        count(counts, record.outcome);
        if (record.outcome == OperationOutcome::Refused)
            ++refused[nameOf(*record.refusal)];
    }
    Judge judge(QStringLiteral("E2"), QStringLiteral("outcomes"), only);
    judge.expectCount(expect.ok, counts.ok + counts.applied, QStringLiteral("ok"));
    judge.expectCount(expect.replayed, counts.replayed, QStringLiteral("replayed"));
    judge.expectCount(expect.failed, counts.failed, QStringLiteral("failed"));
    for (auto wanted = expect.refused.begin(); wanted != expect.refused.end(); ++wanted)
        judge.expectCount(wanted.value(), refused.value(wanted.key()), wanted.key());
    // Who counts what succeeds means that nothing else was refused.
    if (expect.ok)
        for (auto found = refused.begin(); found != refused.end(); ++found)
            if (!expect.refused.contains(found.key()))
                judge.expectCount(0, found.value(), found.key());
    judge.addTo(results);
}

void judgeRows(const Only& only, QList<InvariantResult>& results)
{
    const Expectations& expect = only.scenario().expect;
    const UserEvidence& user = only.user;
    QMap<QString, qint64> byType;
    QList<Credits> running; // of the rows the run wrote
    QStringList grants;
    const ChainRow* newest = nullptr;
    for (const ChainRow& row : user.chain().rows) {
        if (!row.active)
            continue;
        ++byType[labelOf(row.type)];
        if (row.type == TransactionType::Grant)
            grants.append(row.key.text());
        if (!only.evidence.isOpeningKey(row.key) && row.runningBalance)
            running.append(*row.runningBalance);
        newest = &row;
    }
    Judge types(QStringLiteral("E3"), QStringLiteral("rows"), only);
    for (auto wanted = expect.rowsByType.begin(); wanted != expect.rowsByType.end(); ++wanted)
        types.expectCount(wanted.value(), byType.value(wanted.key()), wanted.key());
    if (expect.keyOfOnlyGrant) {
        QString key = *expect.keyOfOnlyGrant;
        key.replace(QStringLiteral("{user}"), user.user().text());
        types.expect(grants == QStringList{key},
                     {.user = user.user(),
                      .key = TransactionKey::from(key).value_or(TransactionKey()),
                      .what = QStringLiteral("onlyGrant")});
    }
    types.addTo(results);

    Judge balances(QStringLiteral("E4"), QStringLiteral("running balances"), only);
    if (!expect.runningBalancesWithin.isEmpty())
        for (const Credits balance : std::as_const(running))
            balances.expect(
                expect.runningBalancesWithin.contains(balance),
                {.user = user.user(), .found = balance, .what = QStringLiteral("notExpected")});
    const auto least = std::min_element(running.begin(), running.end());
    balances.expectCredits(expect.minRunningBalance,
                           least == running.end() ? std::nullopt : std::optional(*least), {},
                           QStringLiteral("minimum"));
    QSet<qint64> distinct;
    for (const Credits balance : std::as_const(running))
        distinct.insert(balance.value());
    if (expect.distinctRunningBalances)
        balances.expectCount(*expect.distinctRunningBalances, distinct.size(),
                             QStringLiteral("distinct"));
    balances.addTo(results);

    Judge last(QStringLiteral("E5"), QStringLiteral("newest row"), only);
    const TransactionKey key = newest ? newest->key : TransactionKey();
    const auto part = [newest](auto member) {
        return newest ? std::optional<Credits>(newest->*member) : std::nullopt;
    };
    last.expectCredits(expect.newestRunningBalance, part(&ChainRow::runningBalance), key,
                       QStringLiteral("runningBalance"));
    last.expectCredits(expect.newestAmount, part(&ChainRow::amount), key, QStringLiteral("amount"));
    last.expectCredits(expect.newestRequested, part(&ChainRow::requested), key,
                       QStringLiteral("requested"));
    last.addTo(results);
}

/// Proof from the server's own locks: every session was seen waiting, and one of them behind
/// another, not only behind the holder.
void judgeQueue(const Only& only, QList<InvariantResult>& results)
{
    const Scenario& scenario = only.scenario();
    if (!scenario.expect.lockWaitsSeen)
        return;
    Judge judge(QStringLiteral("E6"), QStringLiteral("lock queue"), only);
    const QList<LockWait>& queue = only.evidence.lockQueue();
    judge.expectCount(sessionsOf(scenario), queue.size(), QStringLiteral("waiters"));
    QSet<QString> waiters;
    for (const LockWait& wait : queue)
        waiters.insert(wait.waiterName);
    const bool isQueued = std::any_of(queue.begin(), queue.end(), [&](const LockWait& wait) {
        return std::any_of(wait.blockerNames.begin(), wait.blockerNames.end(),
                           [&](const QString& name) { return waiters.contains(name); });
    });
    if (scenario.clients > 1)
        judge.expect(isQueued, {.user = only.user.user(), .what = QStringLiteral("nobodyQueued")});
    judge.addTo(results);
}

} // namespace

QList<InvariantResult> checkExpectations(const Evidence& evidence, const UserEvidence& user,
                                         bool hasSnapshot)
{
    QList<InvariantResult> results;
    const auto planned = evidence.plan().operations();
    const bool wasCutShort = planned && qint64(user.records().size()) < *planned;
    const Only only{evidence, user, wasCutShort || user.wasDisturbed()};
    if (hasSnapshot) {
        Judge balance(QStringLiteral("E1"), QStringLiteral("balance"), only);
        balance.expectCredits(only.scenario().expect.balance, user.chain().storedBalance, {},
                              QStringLiteral("balance"));
        balance.addTo(results);
    }
    judgeOutcomes(only, results);
    if (hasSnapshot)
        judgeRows(only, results);
    judgeQueue(only, results);
    return results;
}

} // namespace tallystick
