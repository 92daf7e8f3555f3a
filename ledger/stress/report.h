// SPDX-License-Identifier: GPL-3.0-or-later
//! How a run ended: the verdict, its reasons and the numbers.
#pragma once
#include "ledger/stress/histogram.h"

namespace tallystick {

enum class Verdict { Pass, SloMiss, Violated, Unknown };
[[nodiscard]] QString nameOf(Verdict verdict); ///< "pass", "sloMiss", "violated", "unknown"

enum class Validity { Valid, Invalid, Unknown };
[[nodiscard]] QString nameOf(Validity validity); ///< "valid", "invalid", "unknown"

/// A counter-example: one row or operation and what is wrong with it.
struct Example
{
    UserId user;
    TransactionKey key;
    std::optional<Credits> expected, found;
    QString what; ///< a code for words: "lost", "twice", "ghost", "fork", "differs", …
};

/// One invariant (R1…R11) or expectation (E1…) and how it came out.
struct InvariantResult
{
    QString id;   ///< "R4"
    QString name; ///< "chain"
    Validity validity = Validity::Valid;
    qint64 checked = 0;
    qint64 violations = 0;
    QList<Example> examples; ///< first and worst, at most 20
};

struct ThresholdResult
{
    QString text;
    bool met = false;
    double value = 0; ///< milliseconds, or operations a second
};

/// What the run knows of itself as a measuring instrument.
struct SelfCheck
{
    qint64 roundTripMicros = 0; ///< of an empty statement: no service time can be less
    Percentiles timerError;     ///< microseconds free sessions woke up late; open runs only
    double cpuPercent = 0;      ///< of all cores, by this process
};

/// Two passes over the same rows, one of them the server's: see SecondPass.
struct Agreement
{
    qint64 users = 0;
    qint64 undecided = 0; ///< of whom one pass cannot say
    qint64 brokenHere = 0, brokenByServer = 0;
    qint64 disagreements = 0;
    QList<UserId> examples; ///< of users the passes disagree about, at most 20
};

struct Report
{
    Verdict verdict = Verdict::Unknown;
    QStringList reasons; ///< codes with facts: "R4 chain: 9 violations", in reading order
    Scenario scenario;
    QString operationsHash; ///< SHA-256 over the planned operations, hex
    ServerFacts server;
    Instant startedAt;
    double seconds = 0;
    qint64 attempts = 0;
    double okPerSecond = 0;
    double offeredPerSecond = 0; ///< closed: sent; open: intended, sent or not
    Percentiles response, service, lockWait;
    Percentiles lag; ///< from the intended time to the first send; empty of closed runs
    SelfCheck selfCheck;
    QStringList warnings; ///< codes: "offered load exceeds capacity", "the generator is the
                          ///< bottleneck"
    QMap<QString, OutcomeCounts> byOperation;
    QList<InvariantResult> invariants;
    std::optional<Agreement> agreement; ///< nothing where no rows could be read
    QList<ThresholdResult> thresholds;
    QList<LockWait>
        lockQueue;       ///< every waiter's longest wait seen, in the order they began to wait
    LiveSnapshot live;   ///< the last picture: outcomes, series, timeline, tracks, lock waits
    QList<Chain> chains; ///< of touched users, bounded: those of examples, else the first few
    QList<Interval> intervals; ///< of the same stretches of time as live.series
    QStringList
        keptUsers; ///< users of the run that are still there (kept, or could not be removed)
};

/// A control worked when its broken posting was found violated by an invariant it names.
[[nodiscard]] bool failedAsNamed(const Report& report, const Control& control);

/// The JSON of the command line's contract, schema version 1.
[[nodiscard]] QJsonObject toJson(const Report& report);

} // namespace tallystick
