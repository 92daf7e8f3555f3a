// SPDX-License-Identifier: GPL-3.0-or-later
//! Invariants, thresholds and self-check weighed into one verdict and its warnings.
#include "ledger/stress/verdict.h"

#include <QtTest/QtTest>

using namespace tallystick;

namespace {

Scenario spends()
{
    return std::get<Scenario>(parseScenario(
        R"({"name": "x", "mix": [{"operation": "spend", "count": 5, "amount": 101}]})"));
}

} // namespace

class TestVerdict final : public QObject
{
    Q_OBJECT
private slots:
    void theWorstVerdictWins();
    void unsentOperationsMissAResponseThreshold();
    void warnsOfItself();
};

void TestVerdict::theWorstVerdictWins()
{
    const auto weighed = [&](QList<Validity> validities, bool isMet) {
        Report report{.scenario = spends()};
        for (const Validity validity : validities)
            report.invariants.append({.id = QStringLiteral("R1"), .validity = validity});
        report.byOperation[QStringLiteral("spend")].ok = 5;
        report.live.outcomes.ok = 5;
        if (!isMet)
            report.scenario.thresholds = {*parseThreshold(QStringLiteral("throughput.ok >= 1"))};
        weigh(report, Judgement{.hasSnapshot = true});
        return report.verdict;
    };
    using enum Validity;
    QCOMPARE(weighed({Valid, Valid}, true), Verdict::Pass);
    QCOMPARE(weighed({Valid, Valid}, false), Verdict::SloMiss);
    QCOMPARE(weighed({Valid, Unknown}, false), Verdict::Unknown);
    QCOMPARE(weighed({Unknown, Invalid, Valid}, false), Verdict::Violated);
}

void TestVerdict::unsentOperationsMissAResponseThreshold()
{
    const auto isMet = [&](const char* text, qint64 skipped) {
        Report report{.scenario = spends()};
        report.scenario.thresholds = {*parseThreshold(QString::fromLatin1(text))};
        report.response = {.count = 1'000, .p50 = 10, .p95 = 10, .p99 = 10, .p999 = 10, .max = 10};
        report.service = report.response;
        report.byOperation[QStringLiteral("spend")].ok = 1'000 - skipped;
        report.live.outcomes.ok = 1'000 - skipped;
        report.live.outcomes.skipped = skipped;
        weigh(report, Judgement{.hasSnapshot = true});
        return report.thresholds.first().met;
    };
    QVERIFY(isMet("response.p99 < 1ms", 10));
    QVERIFY(!isMet("response.p99 < 1ms", 11));
    QVERIFY(isMet("response.p95 < 1ms", 11));
    QVERIFY(!isMet("response.max < 1ms", 1));
    QVERIFY(isMet("service.max < 1ms", 11));
}

void TestVerdict::warnsOfItself()
{
    Report report{.scenario = spends()};
    report.scenario.clients = 8;
    report.live.outcomes.ok = 10'000;
    const QString overload = QStringLiteral("offered load exceeds capacity");
    const QString bottleneck = QStringLiteral("the generator is the bottleneck");
    QCOMPARE(warningsOf(report, 100), QStringList());
    QCOMPARE(warningsOf(report, 101), QStringList{overload});
    report.live.outcomes.skipped = 200; // kept up by leaving out
    QCOMPARE(warningsOf(report, 0), QStringList{overload});
    report.live.outcomes = {.ok = 10};
    QCOMPARE(warningsOf(report, 8), QStringList()); // one a client is no backlog
    report.selfCheck.timerError.p99 = 10'001;
    QCOMPARE(warningsOf(report, 0), QStringList{bottleneck});
    report.selfCheck.timerError.p99 = 10'000;
    QCOMPARE(warningsOf(report, 0), QStringList());
    report.selfCheck.cpuPercent = 81;
    QCOMPARE(warningsOf(report, 9), (QStringList{overload, bottleneck}));
}

QTEST_APPLESS_MAIN(TestVerdict)
#include "tst_verdict.moc"
