// SPDX-License-Identifier: GPL-3.0-or-later
//! The server's own pass and the one here agree about every fault, and a run says when they do not.
#include "ledger/audit/chaincheck.h"
#include "ledger/postgres/open.h"
#include "ledger/stress/engine.h"
#include "ledger/stress/secondpass.h"
#include "ledger/stress/verdict.h"
#include "tests/stress/fakebench.h"
#include "tests/support/testserver.h"

#include <QtTest/QtTest>

using namespace tallystick;

namespace {

struct Crime
{
    const char* name;
    const char* sql; ///< $ stands for the user
    bool isBroken;
};

/// Rows of a user are numbered 1 to 6, the last one pending.
constexpr Crime crimes[] = {
    {"nothing", "select 1", false},
    {"an amount changed",
     "update platform.\"CreditTransaction\" set amount = amount + 1 where \"userId\" = '$' and "
     "sequence = 3",
     true},
    {"a running balance changed",
     "update platform.\"CreditTransaction\" set \"runningBalance\" = \"runningBalance\" + 1 where "
     "\"userId\" = '$' and sequence = 3",
     true},
    {"both changed, so that they fit each other",
     "update platform.\"CreditTransaction\" set \"runningBalance\" = \"runningBalance\" + 1, "
     "amount "
     "= amount + 1 where \"userId\" = '$' and sequence = 3",
     true},
    {"the first row gone",
     "delete from platform.\"CreditTransaction\" where \"userId\" = '$' and sequence = 1", true},
    {"a middle row gone",
     "delete from platform.\"CreditTransaction\" where \"userId\" = '$' and sequence = 3", true},
    {"the last row gone",
     "delete from platform.\"CreditTransaction\" where \"userId\" = '$' and sequence = 5", true},
    {"all rows gone", "delete from platform.\"CreditTransaction\" where \"userId\" = '$'", true},
    {"the balance changed",
     "update platform.\"UserBalance\" set balance = balance + 1 where \"userId\" = '$'", true},
    {"two places swapped",
     "update platform.\"CreditTransaction\" set sequence = 7 - sequence where \"userId\" = '$' and "
     "sequence in (3, 4)",
     true},
    {"a place left out",
     "update platform.\"CreditTransaction\" set sequence = 9 where \"userId\" = '$' and sequence = "
     "5",
     true},
    {"two amounts changed that cancel",
     "update platform.\"CreditTransaction\" set amount = amount + case sequence when 2 then 1 else "
     "-1 end where \"userId\" = '$' and sequence in (2, 3)",
     true},
    {"the whole chain lifted",
     "update platform.\"CreditTransaction\" set \"runningBalance\" = \"runningBalance\" + 1 where "
     "\"userId\" = '$' and sequence is not null; update platform.\"UserBalance\" set balance = "
     "balance + 1 where \"userId\" = '$'",
     true},
    {"a pending amount changed, which counts nowhere",
     "update platform.\"CreditTransaction\" set amount = 99 where \"userId\" = '$' and not "
     "\"isActive\"",
     false},
    {"no balance row, which is another check's matter",
     "delete from platform.\"UserBalance\" where \"userId\" = '$'", false},
    {"numbers taken away, the trail stays",
     "update platform.\"CreditTransaction\" set sequence = null where \"userId\" = '$'", false},
    {"numbers taken away and a row gone",
     "update platform.\"CreditTransaction\" set sequence = null where \"userId\" = '$'; delete "
     "from "
     "platform.\"CreditTransaction\" where \"userId\" = '$' and \"transactionKey\" like '%-3'",
     true},
    {"rows and balance gone together",
     "delete from platform.\"CreditTransaction\" where \"userId\" = '$'; update "
     "platform.\"UserBalance\" set balance = 0 where \"userId\" = '$'",
     true},
    {"rows, balance and its number gone together, which leaves no trace",
     "delete from platform.\"CreditTransaction\" where \"userId\" = '$'; update "
     "platform.\"UserBalance\" set balance = 0, sequence = 0 where \"userId\" = '$'",
     false},
    {"the last row gone, and its money",
     "update platform.\"UserBalance\" b set balance = t.\"runningBalance\" - t.amount from "
     "platform.\"CreditTransaction\" t where b.\"userId\" = '$' and t.\"userId\" = '$' and "
     "t.sequence = 5; delete from platform.\"CreditTransaction\" where \"userId\" = '$' and "
     "sequence "
     "= 5",
     true},
};
constexpr int rowsMade = 5;

} // namespace

class TestSecondPass final : public QObject
{
    Q_OBJECT
private slots:
    void bothPassesSeeTheSameCrimes_data();
    void bothPassesSeeTheSameCrimes();
    void bothPassesAgreeAfterARun_data();
    void bothPassesAgreeAfterARun();
    void aRunSaysWhenTheyDiffer();
    void nobodyIsAccusedWhileTheyDiffer();
    void aReportKeepsTheirAgreement();

private:
    TestServer m_server;
    Connection m_connection = m_server.createDatabase();
};

void TestSecondPass::bothPassesSeeTheSameCrimes_data()
{
    QTest::addColumn<int>("seed");
    for (const int seed : {1, 2, 3})
        QTest::addRow("seed %d", seed) << seed;
}

void TestSecondPass::bothPassesSeeTheSameCrimes()
{
    QFETCH(const int, seed);
    auto bench = postgres::openBench(m_connection);
    QVERIFY(bench.ok());
    QList<BenchUser> users;
    QList<UserId> ids;
    int broken = 0;
    for (std::size_t crime = 0; crime < std::size(crimes); ++crime) {
        const QString name = QStringLiteral("s%1-u%2").arg(seed).arg(crime, 2, 10, QChar(u'0'));
        BenchUser user{.id = *UserId::from(name), .openingBalance = Credits::of(1000 * seed)};
        user.openingKey = *TransactionKey::from(name + QStringLiteral("-1"));
        for (int row = 2; row <= rowsMade + 1; ++row) {
            Posting posting =
                topUp(user.id, Credits::of(seed * 10 + row * row),
                      *TransactionKey::from(QStringLiteral("%1-%2").arg(name).arg(row)),
                      std::nullopt, {});
            posting.active = row <= rowsMade;
            user.prepared.append(posting);
        }
        users.append(user);
        ids.append(user.id);
        broken += crimes[crime].isBroken ? 1 : 0;
    }
    QVERIFY((*bench)->createUsers(users));
    for (std::size_t crime = 0; crime < std::size(crimes); ++crime)
        runSql(
            m_connection,
            QStringLiteral("set session_replication_role = replica; ") + // no guard of history
                QString::fromLatin1(crimes[crime].sql).replace(u'$', ids[qsizetype(crime)].text()));
    SecondPass pass;
    const auto server = (*bench)->snapshot(ids, [&](Chain&& chain) {
        pass.hear(checkChain(chain));
        return true;
    });
    QVERIFY(server.ok());
    for (std::size_t crime = 0; crime < std::size(crimes); ++crime)
        QVERIFY2(server->broken.contains(ids[qsizetype(crime)]) == crimes[crime].isBroken,
                 crimes[crime].name);
    const Agreement agreement = pass.agreementWith(*server);
    QCOMPARE(agreement.users, qsizetype(std::size(crimes)));
    QCOMPARE(agreement.brokenByServer, broken);
    QStringList differing;
    for (const UserId& user : agreement.examples)
        differing << QString::fromLatin1(crimes[ids.indexOf(user)].name);
    QVERIFY2(differing.isEmpty(), qPrintable(differing.join(QStringLiteral("; "))));
    QCOMPARE(agreement.undecided, 0);
}

void TestSecondPass::bothPassesAgreeAfterARun_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<bool>("isBroken");
    QTest::newRow("sound") << "high-concurrency" << false;
    QTest::newRow("no lock") << "high-concurrency" << true;
}

void TestSecondPass::bothPassesAgreeAfterARun()
{
    QFETCH(const QString, scenario);
    QFETCH(const bool, isBroken);
    Scenario chosen = *builtinScenario(scenario);
    if (isBroken)
        chosen.target.fault = Fault::NoLock;
    Monitor monitor;
    const auto target = [this](const Target& wanted, const QString& name) {
        Connection connection = m_connection;
        connection.sessionName = name;
        return postgres::openLedger(connection, wanted);
    };
    const auto bench = [this] { return postgres::openBench(m_connection); };
    const auto report = Engine(target, bench).run(chosen, {}, monitor, {});
    QVERIFY(report.ok());
    QCOMPARE(report->verdict, isBroken ? Verdict::Violated : Verdict::Pass);
    QVERIFY(report->agreement);
    QCOMPARE(report->agreement->users, chosen.users.count);
    QCOMPARE(report->agreement->disagreements, 0);
    QCOMPARE(report->agreement->brokenByServer > 0, isBroken);
    QCOMPARE(report->agreement->brokenHere, report->agreement->brokenByServer);
}

void TestSecondPass::aRunSaysWhenTheyDiffer()
{
    FakeLab lab;
    lab.isServerMistaken = true;
    Monitor monitor;
    const auto report =
        Engine(lab.targets(), lab.benches())
            .run(*builtinScenario(QStringLiteral("exact-balance")), {}, monitor, {});
    QVERIFY(report.ok());
    QVERIFY(report->agreement);
    QCOMPARE(report->agreement->disagreements, 1);
    QCOMPARE(report->verdict, Verdict::Unknown);
    QVERIFY(report->reasons.first().contains(QStringLiteral("neither speaks")));
}

/// Who cannot trust the own eyes may not accuse.
void TestSecondPass::nobodyIsAccusedWhileTheyDiffer()
{
    Judgement judgement{.hasSnapshot = true};
    Report report;
    report.invariants = {{.id = QStringLiteral("R4"), .validity = Validity::Invalid}};
    weigh(report, judgement, {});
    QCOMPARE(report.verdict, Verdict::Violated);
    judgement.agreement = Agreement{.users = 2, .disagreements = 1};
    weigh(report, judgement, {});
    QCOMPARE(report.verdict, Verdict::Unknown);
}

void TestSecondPass::aReportKeepsTheirAgreement()
{
    Report report;
    QVERIFY(toJson(report).value(QStringLiteral("agreement")).isNull());
    report.agreement = Agreement{.users = 7, .brokenHere = 1, .brokenByServer = 2};
    QCOMPARE(toJson(report)[QStringLiteral("agreement")][QStringLiteral("brokenByServer")], 2);
}

QTEST_GUILESS_MAIN(TestSecondPass)
#include "tst_secondpass.moc"
