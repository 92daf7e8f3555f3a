// SPDX-License-Identifier: GPL-3.0-or-later
//! The races a locked posting must win, and a broken one must lose, on plain threads.
#include "ledger/audit/chaincheck.h"
#include "ledger/postgres/open.h"
#include "tests/support/testserver.h"

#include <QtTest/QTest>

#include <latch>
#include <thread>

using namespace tallystick;

namespace {

constexpr int repetitions = 20;

/// \a count sessions, opened first and released together, each doing \a act with its own ledger.
template <class Act>
std::vector<Result<Receipt>> race(const Connection& database, const Target& target, int count,
                                  const Act& act)
{
    std::latch start(count);
    std::vector<std::optional<Result<Receipt>>> answers{size_t(count)};
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&, i] {
            auto ledger = postgres::openLedger(database, target);
            start.arrive_and_wait();
            answers.at(size_t(i)) = ledger ? act(**ledger, i) : Result<Receipt>(ledger.error());
        });
    for (std::thread& thread : threads)
        thread.join();
    std::vector<Result<Receipt>> all;
    for (auto& answer : answers)
        all.push_back(*std::move(answer));
    return all;
}

int granted(const std::vector<Result<Receipt>>& answers)
{
    return int(std::count_if(answers.begin(), answers.end(),
                             [](const auto& answer) { return answer.ok(); }));
}

} // namespace

class TestRaces final : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase_data()
    {
        QTest::addColumn<Way>("way");
        for (const Way way : ruleWays)
            QTest::newRow(qPrintable(nameOf(way))) << way;
    }
    void initTestCase()
    {
        m_database = m_server.createDatabase();
        m_ledger = *postgres::openLedger(m_database);
    }

    void firstTransactionsOfAUserWithoutBalanceRow()
    {
        QFETCH_GLOBAL(Way, way);
        for (int i = 0; i < repetitions; ++i) {
            const UserId user = freshUser(false);
            const auto answers = race(m_database, {.way = way}, 10, [&](Ledger& ledger, int) {
                return ledger.post(topUp(user, Credits::of(100), newTransactionKey()));
            });
            QCOMPARE(granted(answers), 10);
            QCOMPARE(m_ledger->balance(user)->credits.value(), 1000);
            QVERIFY(checkChain(*m_ledger->chain(user)).holds());
        }
    }

    void oneKeyFromManyWindowsIsOneRow()
    {
        QFETCH_GLOBAL(Way, way);
        for (int i = 0; i < repetitions; ++i) {
            const UserId user = freshUser(true);
            const Posting posting = topUp(user, Credits::of(100), newTransactionKey());
            const auto answers = race(m_database, {.way = way}, 16,
                                      [&](Ledger& ledger, int) { return ledger.post(posting); });
            QCOMPARE(granted(answers), 16);
            int fresh = 0;
            for (const auto& answer : answers) {
                fresh += answer->replayed ? 0 : 1;
                QCOMPARE(answer->balance.value(), 100);
                QCOMPARE(answer->sequence, 1);
            }
            QCOMPARE(fresh, 1);
            QCOMPARE(m_ledger->balance(user)->credits.value(), 100);
        }
    }

    void onlyOneSpendOfTheLastCreditsSucceeds()
    {
        QFETCH_GLOBAL(Way, way);
        for (int i = 0; i < repetitions; ++i) {
            const UserId user = freshUser(true);
            QVERIFY(m_ledger->post(topUp(user, Credits::of(100), newTransactionKey())));
            const auto answers = race(m_database, {.way = way}, 2, [&](Ledger& ledger, int) {
                return ledger.post(spend(user, Credits::of(100), newTransactionKey()));
            });
            QCOMPARE(granted(answers), 1);
            QCOMPARE(m_ledger->balance(user)->credits.value(), 0);
        }
    }

    void activationsAndReversalsHappenOnce()
    {
        QFETCH_GLOBAL(Way, way);
        for (int i = 0; i < repetitions; ++i) {
            const UserId user = freshUser(true);
            Posting pending = topUp(user, Credits::of(500), newTransactionKey());
            pending.active = false;
            QVERIFY(m_ledger->post(pending));
            QCOMPARE(granted(race(m_database, {.way = way}, 8,
                                  [&](Ledger& ledger, int) {
                                      return ledger.activate({.user = user, .key = pending.key});
                                  })),
                     1);
            QCOMPARE(granted(race(m_database, {.way = way}, 8,
                                  [&](Ledger& ledger, int) {
                                      return ledger.reverse({.user = user, .key = pending.key});
                                  })),
                     1);
            QCOMPARE(m_ledger->balance(user)->credits.value(), 0);
            QVERIFY(checkChain(*m_ledger->chain(user)).holds());
        }
    }

    void aPostingWithoutLockLosesEveryRace()
    {
        for (int i = 0; i < 3; ++i) {
            const UserId user = freshUser(true);
            QVERIFY(m_ledger->post(topUp(user, Credits::of(1000), newTransactionKey())));
            const auto answers =
                race(m_database, {.fault = Fault::NoLock}, 10, [&](Ledger& ledger, int) {
                    return ledger.post(spend(user, Credits::of(100), newTransactionKey()));
                });
            QCOMPARE(granted(answers), 10);                        // says so
            QVERIFY(m_ledger->balance(user)->credits.value() > 0); // and lies
            QVERIFY(!checkChain(*m_ledger->chain(user)).holds());
        }
    }

private:
    UserId freshUser(bool withBalanceRow)
    {
        const UserId user = *UserId::from(newTransactionKey().text());
        const Outcome created =
            m_ledger->createUser({.id = user, .withBalanceRow = withBalanceRow});
        Q_ASSERT(created);
        return user;
    }

    TestServer m_server;
    Connection m_database;
    std::unique_ptr<Ledger> m_ledger;
};

QTEST_GUILESS_MAIN(TestRaces)
#include "tst_races.moc"
