// SPDX-License-Identifier: GPL-3.0-or-later
//! A commit lost on its way to the server is VOIDED, one whose answer is lost is APPLIED.
#include "ledger/postgres/open.h"
#include "ledger/stress/engine.h"
#include "tests/support/testserver.h"
#include "tests/support/wireproxy.h"

#include <QtTest/QtTest>

using namespace tallystick;

class TestClassification final : public QObject
{
    Q_OBJECT
private slots:
    void tellsWhatBecameOfALostCommit_data();
    void tellsWhatBecameOfALostCommit();
};

void TestClassification::tellsWhatBecameOfALostCommit_data()
{
    QTest::addColumn<Way>("way");
    QTest::addColumn<bool>("losesReply");
    for (const Way way : ruleWays)
        for (const bool losesReply : {false, true})
            QTest::addRow("%s, %s lost", qPrintable(nameOf(way)), losesReply ? "reply" : "request")
                << way << losesReply;
}

void TestClassification::tellsWhatBecameOfALostCommit()
{
    QFETCH(Way, way);
    QFETCH(bool, losesReply);
    static TestServer server;
    const Connection connection = server.createDatabase();
    auto scenario = std::get<Scenario>(parseScenario(R"({"name": "lost",
        "users": {"openingBalance": 1000}, "load": {"clients": 1},
        "mix": [{"operation": "spend", "count": 3, "amount": 100}]})"));
    scenario.target.way = way;

    // By row-lock the commit is a query of its own; the function's call commits by itself. The
    // second of the three is lost.
    int posted = 0;
    bool isPosting = false;
    const auto isMeant = [&](const QByteArray& query) {
        if (way == Way::Function)
            return query.startsWith("EXECUTE") && query.contains("'stress-") && ++posted == 2;
        isPosting = isPosting || query.contains("'stress-");
        return isPosting && query.startsWith("COMMIT") && ++posted == 2;
    };
    WireProxy proxy(connection, losesReply ? WireProxy::Loses::Reply : WireProxy::Loses::Request,
                    isMeant);
    Engine engine(
        [&proxy](const Target& target, const QString& name) {
            Connection through = proxy.connection();
            through.sessionName = name;
            return postgres::openLedger(through, target);
        },
        [&connection] { return postgres::openBench(connection); });
    Monitor monitor;
    const auto report = engine.run(scenario, {.keepUsers = true}, monitor, {});
    QVERIFY(report.ok());
    QVERIFY(proxy.hasStruck());

    const OutcomeCounts& counts = report->live.outcomes;
    QCOMPARE(counts.ok, 1);
    QCOMPARE(counts.applied, losesReply ? 1 : 0);
    QCOMPARE(counts.voided, losesReply ? 0 : 1);
    QCOMPARE(counts.failed, 1); // never got through
    QCOMPARE(counts.unknown, 0);
    QCOMPARE(report->live.doubtedBy.size(), 1);
    // What the run says is what stands, and resolving has not written anything.
    const QString spends = sql(connection, QStringLiteral(R"(SELECT count(*)
        FROM platform."CreditTransaction" WHERE type = 'USAGE')"));
    QCOMPARE(spends, losesReply ? QStringLiteral("2") : QStringLiteral("1"));
    QVERIFY2(report->verdict == Verdict::Pass, qPrintable(report->reasons.join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(TestClassification)
#include "tst_classification.moc"
