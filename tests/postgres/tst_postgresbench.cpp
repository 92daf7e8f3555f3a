// SPDX-License-Identifier: GPL-3.0-or-later
//! Throw-away users, snapshots, lock evidence and bulk loading.
#include "ledger/audit/chaincheck.h"
#include "ledger/postgres/open.h"
#include "tests/support/testserver.h"

#include <QtTest/QTest>

#include <thread>

using namespace tallystick;

namespace {

UserId id(const QString& text)
{
    return *UserId::from(text);
}

} // namespace

class TestPostgresBench final : public QObject
{
    Q_OBJECT
private slots:
    void init()
    {
        m_database = m_server.createDatabase();
        auto bench = postgres::openBench(m_database);
        QVERIFY(bench);
        m_bench = *std::move(bench);
    }

    void makesUsersWithSoundHistories()
    {
        Posting pending = topUp(id(QStringLiteral("b")), Credits::of(500),
                                *TransactionKey::from(QStringLiteral("pending")));
        pending.active = false;
        const Posting spent = spend(id(QStringLiteral("b")), Credits::of(300),
                                    *TransactionKey::from(QStringLiteral("spent")),
                                    {{QStringLiteral("t"), QStringLiteral("tab\there \\ 'q'")}});
        const QList<BenchUser> users{{.id = id(QStringLiteral("a\\x")),
                                      .openingBalance = Credits::of(1000),
                                      .openingKey = *TransactionKey::from(QStringLiteral("o-a"))},
                                     {.id = id(QStringLiteral("b")),
                                      .openingBalance = Credits::of(700),
                                      .openingKey = *TransactionKey::from(QStringLiteral("o-b")),
                                      .prepared = {spent, pending}},
                                     {.id = id(QStringLiteral("c")), .balanceRow = false},
                                     {.id = id(QStringLiteral("d")),
                                      .openingBalance = Credits::of(100),
                                      .balanceRow = false,
                                      .openingKey = *TransactionKey::from(QStringLiteral("o-d"))}};
        QVERIFY(m_bench->createUsers(users));
        QList<UserId> ids;
        for (const BenchUser& user : users)
            ids.append(user.id);
        QList<Chain> chains;
        const auto keep = [&chains](Chain&& chain) {
            chains.append(std::move(chain));
            return true;
        };
        QVERIFY(m_bench->snapshot(ids, keep));
        QCOMPARE(chains.size(), 4);
        for (qsizetype place = 0; place < ids.size(); ++place)
            QCOMPARE(chains.at(place).user, ids.at(place));
        for (const Chain& chain : std::as_const(chains))
            if (chain.storedBalance)
                QVERIFY(checkChain(chain).holds());
        const Chain& b = chains.at(1);
        QCOMPARE(b.storedBalance, Credits::of(400));
        QCOMPARE(b.rows.size(), 3);
        QCOMPARE(b.storedSequence, 2);
        QVERIFY(!chains.at(3).storedBalance);
        int seen = 0;
        QVERIFY(m_bench->snapshot(ids, [&seen](Chain&&) { return ++seen < 2; }));
        QCOMPARE(seen, 2);
        QVERIFY(m_bench->roundTripMicros()); // the session is of use after that
        chains.clear();
        QVERIFY(m_bench->removeUsers(ids));
        QVERIFY(m_bench->snapshot(ids, keep));
        QVERIFY(chains.isEmpty());
    }

    void makesAllUsersOrNone()
    {
        const BenchUser user{.id = id(QStringLiteral("twin"))};
        const Outcome failed = m_bench->createUsers({user, user});
        QVERIFY(failed.failure());
        QCOMPARE(failed.failure()->sqlState, QStringLiteral("23505"));
        QCOMPARE(sql(m_database, QStringLiteral("SELECT count(*) FROM platform.\"User\"")),
                 QStringLiteral("0"));
        QVERIFY(m_bench->createUsers({user})); // and goes on working
    }

    void seesWhoWaitsForWhom()
    {
        const UserId user = id(QStringLiteral("u"));
        QVERIFY(m_bench->createUsers({{.id = user}}));
        auto holder = postgres::openBench([this] {
            Connection named = m_database;
            named.sessionName = QStringLiteral("the holder");
            return named;
        }());
        QVERIFY((*holder)->holdLock(user));
        std::vector<std::thread> waiters;
        for (int i = 0; i < 3; ++i)
            waiters.emplace_back([this, i, user] {
                Connection named = m_database;
                named.sessionName = QStringLiteral("run-1/w%1").arg(i);
                auto ledger = postgres::openLedger(named);
                QVERIFY((*ledger)->post(topUp(user, Credits::of(5), newTransactionKey())));
            });
        ActivitySample seen;
        QTRY_VERIFY(([&] {
            auto sample = m_bench->sample(QStringLiteral("run-1/"));
            seen = sample ? *sample : ActivitySample{};
            return seen.waits.size() == 3;
        }()));
        QCOMPARE(seen.waitingForLock, 3);
        QTest::qWait(20);
        seen = *m_bench->sample(QStringLiteral("run-1/"));
        QVERIFY((*holder)->releaseLock());
        for (std::thread& waiter : waiters)
            waiter.join();
        bool isHolderNamed = false;
        for (const LockWait& wait : seen.waits) {
            QVERIFY(wait.waiterName.startsWith(QLatin1String("run-1/w")));
            QVERIFY(!wait.blockerPids.isEmpty());
            QVERIFY(wait.waitedMicros > 10000);
            QCOMPARE(wait.user, user);
            isHolderNamed =
                isHolderNamed || wait.blockerNames.contains(QStringLiteral("the holder"));
        }
        QVERIFY(isHolderNamed);
        QCOMPARE(seen.waits.first().waitEvent, QStringLiteral("transactionid"));
    }

    void quiescesAndEndsWhoStays()
    {
        Connection named = m_database;
        named.sessionName = QStringLiteral("run-2/w0");
        auto ledger = postgres::openLedger(named);
        QVERIFY(ledger);
        QVERIFY(m_bench->quiesce(QStringLiteral("run-3/"), 1000)); // nobody: at once
        QVERIFY(m_bench->quiesce(QStringLiteral("run-2/"), 100));  // ended after the grace
        QVERIFY((*ledger)->server().failure());
        QVERIFY((*ledger)->server().failure()->needsNewSession());
    }

    void loadsAllOrNothing()
    {
        const QByteArray users = "u1\tu1@x\tU\\tOne\t1000001\nu2\tu2@x\t\\N\t1700000000123456\n";
        const QByteArray balances = "u1\t5\t1700000000123456\t1\n";
        const QByteArray rows = "k\t1700000000123456\tu1\t5\tTOP_UP\tt\t{\"a\": \"b\"}\t5\t1\n";
        {
            auto loader = postgres::openLoader(m_database);
            QVERIFY((*loader)->copy(LoadTable::Users, users));
        } // dropped unfinished
        QCOMPARE(sql(m_database, QStringLiteral("SELECT count(*) FROM platform.\"User\"")),
                 QStringLiteral("0"));
        auto loader = postgres::openLoader(m_database);
        QVERIFY((*loader)->copy(LoadTable::Users, users));
        QVERIFY((*loader)->copy(LoadTable::Balances, balances));
        QVERIFY((*loader)->copy(LoadTable::Transactions, rows));
        QVERIFY((*loader)->finish());
        loader = postgres::openLoader(m_database);
        auto ledger = postgres::openLedger(m_database);
        auto row = (*ledger)->transaction(id(QStringLiteral("u1")),
                                          *TransactionKey::from(QStringLiteral("k")));
        QVERIFY(row);
        QCOMPARE(row->createdAt.micros, 1700000000123456);
        QCOMPARE((*ledger)->user(id(QStringLiteral("u1")))->user.name, QStringLiteral("U\tOne"));
        QCOMPARE((*ledger)->user(id(QStringLiteral("u1")))->user.createdAt.micros, 1000001);
        const Outcome cleared = (*loader)->clear();
        QVERIFY2(cleared.ok(), cleared ? "" : qPrintable(cleared.failure()->text));
        QVERIFY((*loader)->finish());
        QCOMPARE(sql(m_database, QStringLiteral("SELECT count(*) FROM platform.\"User\"")),
                 QStringLiteral("0"));
    }

    void staysEmptyWhileItLoads()
    {
        auto loader = postgres::openLoader(m_database);
        QVERIFY(*(*loader)->isEmpty());
        Connection hasty = m_database;
        hasty.lockTimeoutMillis = 100;
        auto other = postgres::openLedger(hasty);
        const Outcome refused = (*other)->createUser({.id = id(QStringLiteral("early"))});
        QVERIFY(refused.failure());
        QCOMPARE(refused.failure()->kind, Failure::Kind::TimedOut);
        QVERIFY((*loader)->finish());
        QVERIFY((*other)->createUser({.id = id(QStringLiteral("late"))}));
        loader = postgres::openLoader(m_database);
        QVERIFY(!*(*loader)->isEmpty());
    }

    void refusesBrokenRows()
    {
        auto loader = postgres::openLoader(m_database);
        const Outcome failed = (*loader)->copy(LoadTable::Users, "too\tfew\n");
        QVERIFY(failed.failure());
        QCOMPARE(failed.failure()->sqlState, QStringLiteral("22P04"));
        QVERIFY(!(*loader)->finish());
    }

private:
    TestServer m_server;
    Connection m_database;
    std::unique_ptr<Bench> m_bench;
};

QTEST_GUILESS_MAIN(TestPostgresBench)
#include "tst_postgresbench.moc"
