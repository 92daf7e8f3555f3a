// SPDX-License-Identifier: GPL-3.0-or-later
//! Hand-made runs for the tests of what shows them.
#pragma once
#include "ledger/stress/report.h"

#include <algorithm>
#include <cmath>

namespace tallystick::samples {

inline UserId user(const QString& id)
{
    return UserId::from(id).value();
}

inline TransactionKey key(const QString& id)
{
    return TransactionKey::from(id).value();
}

/// Ten spends at once on one balance, as the reference has it.
inline Scenario smallScenario()
{
    Scenario scenario;
    scenario.name = QStringLiteral("concurrent-spends");
    scenario.title = QStringLiteral("Concurrent spends");
    scenario.description = QStringLiteral("Ten clients spend 1.00 each of a balance of 10.00, all "
                                          "at once.");
    scenario.users.openingBalance = Credits::of(1000);
    scenario.mix = {{.operation = OperationKind::Spend,
                     .count = 10,
                     .minAmount = Credits::of(100),
                     .maxAmount = Credits::of(100)}};
    scenario.clients = 10;
    scenario.operations = 10;
    scenario.controls = {
        {.fault = Fault::NoLock, .invariants = {QStringLiteral("R4"), QStringLiteral("R5")}}};
    return scenario;
}

inline Scenario longScenario()
{
    Scenario scenario;
    scenario.name = QStringLiteral("hot-customer");
    scenario.title = QStringLiteral("Hot customer");
    scenario.description = QStringLiteral("Thirty-two clients on a hundred users, most of them on "
                                          "the same few.");
    scenario.users.count = 100;
    scenario.mix = {{.operation = OperationKind::Spend,
                     .weight = 70,
                     .minAmount = Credits::of(1),
                     .maxAmount = Credits::of(50)},
                    {.operation = OperationKind::Read, .weight = 30}};
    scenario.clients = 32;
    scenario.seconds = 60;
    scenario.inSuite = false;
    return scenario;
}

/// A run of \a points buckets of a second each, with a dip in the middle.
inline LiveSnapshot longSnapshot(int points)
{
    LiveSnapshot snapshot;
    snapshot.phase = LiveSnapshot::Phase::Running;
    snapshot.elapsedSeconds = points;
    BalanceTrack first{
        .user = user(QStringLiteral("stress-7f3a-u1")), .operations = 0, .points = {}};
    BalanceTrack second{
        .user = user(QStringLiteral("stress-7f3a-u2")), .operations = 0, .points = {}};
    for (int i = 0; i < points; ++i) {
        const double wave = std::sin(i / 7.0) + std::sin(i / 2.3) / 3;
        const bool isDip = i > points / 2 && i < points / 2 + points / 20;
        SeriesPoint point;
        point.atSeconds = i;
        point.bucketSeconds = 1;
        point.ok = isDip ? 120 : 1450 + qint64(140 * wave);
        point.refused = 80 + qint64(20 * wave);
        point.failed = isDip ? 14 : 0;
        const qint64 base = isDip ? 48'000 : 8'000 + qint64(900 * wave);
        point.response = {.count = point.ok,
                          .p50 = base,
                          .p95 = base * 2,
                          .p99 = base * 3,
                          .p999 = base * 4,
                          .max = base * 6};
        point.waitingForLock = isDip ? 29 : 14 + int(4 * wave);
        point.waitingForCommit = isDip ? 1 : 5 + int(2 * wave);
        snapshot.series.append(point);
        snapshot.outcomes.ok += point.ok;
        snapshot.outcomes.refused += point.refused;
        snapshot.outcomes.failed += point.failed;
        first.points.append({i, Credits::of(1'000'000 - i * 14'000 + qint64(30'000 * wave))});
        second.points.append({i, Credits::of(600'000 - i * 6'000 - qint64(20'000 * wave))});
    }
    if (points > 0) {
        snapshot.okPerSecond = double(snapshot.series.last().ok);
        snapshot.response = snapshot.series.last().response;
        snapshot.refusedBy = {{QStringLiteral("CreditsInsufficient"), snapshot.outcomes.refused}};
        snapshot.failedBy = {{QStringLiteral("40P01"), snapshot.outcomes.failed}};
        snapshot.hottest = {first, second};
    }
    return snapshot;
}

/// Ten workers queue for one row; each gets it when the one before is done.
inline LiveSnapshot smallSnapshot(int operations = 10)
{
    LiveSnapshot snapshot;
    snapshot.phase = LiveSnapshot::Phase::Finished;
    BalanceTrack track{
        .user = user(QStringLiteral("stress-7f3a-u1")), .operations = operations, .points = {}};
    SeriesPoint point;
    point.bucketSeconds = 1;
    point.ok = operations;
    for (int i = 0; i < operations; ++i) {
        const qint64 sent = 300 + 35 * i;
        const qint64 wait = 1100 * i;
        const Credits left = Credits::of(1000 - 100 * (i + 1));
        snapshot.timeline.append(
            {.worker = i,
             .operation = OperationKind::Spend,
             .user = track.user,
             .key = key(QStringLiteral("key-%1").arg(i)),
             .amount = Credits::of(100),
             .sentMicros = sent,
             .endMicros = sent + wait + 900 + 700,
             .anatomy = {.lockWaitMicros = wait, .workMicros = 900},
             .outcome = left.isNegative() ? QStringLiteral("refused") : QStringLiteral("ok"),
             .detail = left.isNegative() ? QStringLiteral("CreditsInsufficient") : QString(),
             .balance = left.isNegative() ? Credits() : left,
             .finished = true});
        track.points.append({double(sent + wait + 1600) / 1e6, std::max(left, Credits())});
        if (i > 0)
            snapshot.lockWaits.append(
                {.waiterPid = 4000 + i,
                 .waiterName = QStringLiteral("tallystick-stress/7f3a/w%1").arg(i),
                 .blockerPids = {4000 + i - 1},
                 .blockerNames = {QStringLiteral("tallystick-stress/7f3a/w%1").arg(i - 1)},
                 .waitEvent = i == 1 ? QStringLiteral("transactionid") : QStringLiteral("tuple"),
                 .waitedMicros = wait,
                 .user = track.user});
    }
    point.ok = std::min(operations, 10);
    point.refused = operations - point.ok;
    point.waitingForLock = operations - 1;
    point.response = {
        .count = operations, .p50 = 6'400, .p95 = 11'200, .p99 = 11'600, .p999 = 0, .max = 11'700};
    snapshot.outcomes.ok = point.ok;
    snapshot.outcomes.refused = point.refused;
    if (point.refused > 0)
        snapshot.refusedBy = {{QStringLiteral("CreditsInsufficient"), point.refused}};
    snapshot.elapsedSeconds = 0.013;
    snapshot.okPerSecond = 770;
    snapshot.response = point.response;
    snapshot.series = {point};
    snapshot.hottest = {track};
    return snapshot;
}

inline QList<InvariantResult> validInvariants()
{
    QList<InvariantResult> invariants;
    const QStringList names{QStringLiteral("no lost acknowledgement"),
                            QStringLiteral("no ghost"),
                            QStringLiteral("exactly once"),
                            QStringLiteral("chain"),
                            QStringLiteral("conservation"),
                            QStringLiteral("bounds"),
                            QStringLiteral("reply agreement")};
    for (int i = 0; i < names.size(); ++i)
        invariants.append({.id = QStringLiteral("R%1").arg(i + 1),
                           .name = names[i],
                           .validity = Validity::Valid,
                           .checked = 10,
                           .examples = {}});
    invariants.append({.id = QStringLiteral("E1"),
                       .name = QStringLiteral("balance is $0.00"),
                       .validity = Validity::Valid,
                       .checked = 1,
                       .examples = {}});
    return invariants;
}

inline Report passReport()
{
    Report report;
    report.verdict = Verdict::Pass;
    report.scenario = smallScenario();
    report.operationsHash = QString(64, QLatin1Char('a'));
    report.server = {.version = QStringLiteral("15.18"),
                     .database = QStringLiteral("tallystick"),
                     .role = QStringLiteral("tallystick"),
                     .place = QStringLiteral("/run/lab"),
                     .timeZone = QStringLiteral("UTC"),
                     .synchronousCommit = QStringLiteral("on"),
                     .trackCommitTimestamp = true,
                     .isLab = true,
                     .mayWrite = true,
                     .maxConnections = 300};
    report.startedAt = Instant{1'780'000'000'000'000};
    report.seconds = 0.013;
    report.attempts = 10;
    report.live = smallSnapshot();
    report.okPerSecond = report.live.okPerSecond;
    report.response = report.live.response;
    report.service = report.live.response;
    report.lockWait = {
        .count = 10, .p50 = 4'400, .p95 = 9'000, .p99 = 9'900, .p999 = 0, .max = 9'900};
    report.byOperation = {{QStringLiteral("spend"), report.live.outcomes}};
    report.invariants = validInvariants();
    report.lockQueue = report.live.lockWaits;
    return report;
}

/// Two rows start from 9.00: a lost update.
inline Report violatedReport()
{
    Report report = passReport();
    report.verdict = Verdict::Violated;
    report.scenario.target.fault = Fault::NoLock;
    report.reasons = {QStringLiteral("R4 chain: 1 violations")};
    Chain chain{.user = user(QStringLiteral("stress-7f3a-u1")),
                .name = {},
                .storedBalance = Credits::of(100),
                .storedSequence = 9,
                .rows = {}};
    for (int i = 0; i < 10; ++i)
        chain.rows.append({.key = key(QStringLiteral("key-%1").arg(i)),
                           .createdAt = Instant{report.startedAt.micros + 1100 * i},
                           .amount = Credits::of(-100),
                           .type = TransactionType::Usage,
                           .active = true,
                           .runningBalance = Credits::of(1000 - 100 * (i < 3 ? i + 1 : i)),
                           .sequence = i < 3 ? i + 1 : i,
                           .requested = {},
                           .clamp = {},
                           .refundOf = {},
                           .reverses = {}});
    report.chains = {chain};
    InvariantResult& broken = report.invariants[3];
    broken.validity = Validity::Invalid;
    broken.violations = 1;
    broken.examples = {{.user = chain.user,
                        .key = key(QStringLiteral("key-3")),
                        .expected = Credits::of(600),
                        .found = Credits::of(700),
                        .what = QStringLiteral("fork")}};
    InvariantResult& sum = report.invariants[4];
    sum.validity = Validity::Invalid;
    sum.violations = 1;
    sum.examples = {{.user = chain.user,
                     .key = {},
                     .expected = Credits::of(0),
                     .found = Credits::of(100),
                     .what = QStringLiteral("sum mismatch")}};
    return report;
}

/// The server went away: nothing is proved either way.
inline Report unknownReport()
{
    Report report = passReport();
    report.verdict = Verdict::Unknown;
    report.scenario = longScenario();
    report.live = longSnapshot(42);
    report.live.phase = LiveSnapshot::Phase::Finished;
    report.live.outcomes.unknown = 31;
    report.reasons = {QStringLiteral("the server was not reachable at the end")};
    for (InvariantResult& invariant : report.invariants)
        invariant.validity = Validity::Unknown;
    return report;
}

} // namespace tallystick::samples
