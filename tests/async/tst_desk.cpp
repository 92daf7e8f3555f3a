// SPDX-License-Identifier: GPL-3.0-or-later
//! Asking at a desk: order, threads, lost sessions, endings.
#include "ledger/async/desk.h"
#include "tests/support/fakeledger.h"

#include <QtCore/QFutureWatcher>
#include <QtCore/QSemaphore>
#include <QtCore/QThread>
#include <QtTest/QtTest>

using namespace tallystick;

namespace {

UserId user(const QString& name)
{
    return *UserId::from(name);
}

const UserId ada = user(QStringLiteral("ada"));

auto balanceOfAda()
{
    return [](Ledger& ledger) { return ledger.balance(ada); };
}

Failure lost()
{
    return {.kind = Failure::Kind::SessionLost, .text = QStringLiteral("gone")};
}

} // namespace

class TstDesk : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void answersWhatIsAsked();
    void opensAtTheFirstQuestionOnItsOwnThread();
    void answersInOrder();
    void opensAgainAfterALostSession();
    void repeatsOnceOnAFreshSessionWhatOnlyReads();
    void neverRepeatsWhatWrites();
    void tellsWhenTheSessionIsLostAndWhenItIsBack();
    void keepsItsSessionAfterARefusalAndAConflict();
    void answersWhyItCannotOpen();
    void doesNotRunACancelledQuestion();
    void itsEndFinishesWhatRunsAndDropsTheRest();
    void endsUnasked();
    void manyThreadsMayAsk();
    void aWatcherHearsOnlyTheNewestAnswer();

private:
    std::unique_ptr<FakeStore> m_store;
};

void TstDesk::init()
{
    m_store = std::make_unique<FakeStore>();
    m_store->addUser(ada, QStringLiteral("ada@lab.invalid"), QStringLiteral("Ada"),
                     Credits::of(1000));
}

void TstDesk::answersWhatIsAsked()
{
    Desk desk(m_store->opener());
    auto future = desk.ask(balanceOfAda());
    future.waitForFinished();
    QCOMPARE(future.resultCount(), 1);
    QVERIFY(future.result().ok());
    QCOMPARE(future.result()->credits, Credits::of(1000));
}

void TstDesk::opensAtTheFirstQuestionOnItsOwnThread()
{
    QThread* openedOn = nullptr;
    QThread* askedOn = nullptr;
    {
        Desk desk([&]() {
            openedOn = QThread::currentThread();
            return m_store->opener()();
        });
        QThread::msleep(20);
        QCOMPARE(m_store->sessionsOpened(), 0);
        auto future = desk.ask([&](Ledger& ledger) {
            askedOn = QThread::currentThread();
            return ledger.server();
        });
        future.waitForFinished();
        QVERIFY(future.result().ok());
        QCOMPARE(m_store->sessionsOpen(), 1);
    }
    QVERIFY(openedOn != QThread::currentThread());
    QCOMPARE(askedOn, openedOn);
    QCOMPARE(m_store->sessionsOpen(), 0);
}

void TstDesk::answersInOrder()
{
    Desk desk(m_store->opener());
    QList<int> order; // written by the clerk's thread only, read after the last answer
    QList<QFuture<Result<int>>> futures;
    for (int i = 0; i < 500; ++i)
        futures.append(desk.ask([&order, i](Ledger&) -> Result<int> {
            order.append(i);
            return i;
        }));
    for (int i = 0; i < futures.size(); ++i)
        QCOMPARE(*futures[i].result(), i);
    for (int i = 0; i < order.size(); ++i)
        QCOMPARE(order.at(i), i);
    QCOMPARE(order.size(), 500);
    QCOMPARE(m_store->sessionsOpened(), 1);
}

void TstDesk::opensAgainAfterALostSession()
{
    Desk desk(m_store->opener());
    QVERIFY(desk.ask(balanceOfAda()).result().ok());
    m_store->failNext({.failure = lost()});
    const auto failed = desk.ask(balanceOfAda()).result();
    QVERIFY(failed.failure());
    QCOMPARE(failed.failure()->kind, Failure::Kind::SessionLost);
    QVERIFY(desk.ask(balanceOfAda()).result().ok());
    QCOMPARE(m_store->sessionsOpened(), 2);
    QCOMPARE(m_store->sessionsOpen(), 1);
}

void TstDesk::repeatsOnceOnAFreshSessionWhatOnlyReads()
{
    Desk desk(m_store->opener());
    QVERIFY(desk.ask(balanceOfAda()).result().ok());
    m_store->failNext({.failure = lost()});
    QVERIFY(desk.ask(balanceOfAda(), Desk::Repeat::Once).result().ok());
    QCOMPARE(m_store->sessionsOpened(), 2);
    // Once: a second loss is the answer.
    m_store->failNext({.failure = lost()}, 2);
    const auto failed = desk.ask(balanceOfAda(), Desk::Repeat::Once).result();
    QVERIFY(failed.failure());
    QCOMPARE(failed.failure()->kind, Failure::Kind::SessionLost);
    QCOMPARE(m_store->sessionsOpened(), 3);
    // What keeps its session is answered at once.
    m_store->failNext({.failure = {.kind = Failure::Kind::TimedOut}});
    QVERIFY(desk.ask(balanceOfAda(), Desk::Repeat::Once).result().failure());
}

void TstDesk::neverRepeatsWhatWrites()
{
    Desk desk(m_store->opener());
    m_store->failNext({.failure = {.kind = Failure::Kind::OutcomeUnknown}, .appliesFirst = true});
    const auto answer = desk.ask([](Ledger& ledger) {
                                return ledger.post(topUp(ada, Credits::of(5), newTransactionKey()));
                            })
                            .result();
    QVERIFY(answer.failure());
    QCOMPARE(answer.failure()->kind, Failure::Kind::OutcomeUnknown);
    QCOMPARE(m_store->calls(), 1);
    QCOMPARE(m_store->account(ada).balance, Credits::of(1005));
}

void TstDesk::tellsWhenTheSessionIsLostAndWhenItIsBack()
{
    QStringList told; // written by the clerk's thread before the answer, read after it
    Desk desk(m_store->opener(), [&told](const std::optional<Failure>& loss) {
        told.append(loss ? nameOf(loss->kind) : QStringLiteral("fine"));
    });
    QVERIFY(desk.ask(balanceOfAda()).result().ok());
    m_store->failNext({.failure = lost()});
    QVERIFY(desk.ask(balanceOfAda()).result().failure());
    m_store->failOpening(Failure{.kind = Failure::Kind::Unreachable});
    QVERIFY(desk.ask(balanceOfAda()).result().failure());
    m_store->failOpening(std::nullopt);
    m_store->failNext({.failure = lost()});
    QVERIFY(desk.ask(balanceOfAda(), Desk::Repeat::Once).result().ok()); // nobody need know
    QVERIFY(desk.ask([](Ledger& ledger) { return ledger.balance(user(QStringLiteral("nobody"))); })
                .result()
                .refusal());
    QCOMPARE(told, QStringList({QStringLiteral("fine"), QStringLiteral("SessionLost"),
                                QStringLiteral("Unreachable"), QStringLiteral("fine"),
                                QStringLiteral("fine")}));
}

void TstDesk::keepsItsSessionAfterARefusalAndAConflict()
{
    Desk desk(m_store->opener());
    const auto refused =
        desk.ask([](Ledger& ledger) { return ledger.balance(user(QStringLiteral("nobody"))); })
            .result();
    QVERIFY(refused.refusal());
    QCOMPARE(refused.refusal()->refusal, Refusal::UserUnknown);
    m_store->failNext({.failure = {.kind = Failure::Kind::Conflict}});
    QVERIFY(desk.ask(balanceOfAda()).result().failure());
    QVERIFY(desk.ask(balanceOfAda()).result().ok());
    QCOMPARE(m_store->sessionsOpened(), 1);
}

void TstDesk::answersWhyItCannotOpen()
{
    Desk desk(m_store->opener());
    m_store->failOpening(
        Failure{.kind = Failure::Kind::Unreachable, .text = QStringLiteral("refused")});
    const auto unreachable = desk.ask(balanceOfAda()).result();
    QVERIFY(unreachable.failure());
    QCOMPARE(unreachable.failure()->kind, Failure::Kind::Unreachable);
    QCOMPARE(unreachable.failure()->text, QStringLiteral("refused"));
    QCOMPARE(m_store->sessionsOpened(), 0);
    m_store->failOpening(std::nullopt);
    QVERIFY(desk.ask(balanceOfAda()).result().ok());
}

void TstDesk::doesNotRunACancelledQuestion()
{
    Desk desk(m_store->opener());
    QSemaphore started, mayGoOn;
    auto first = desk.ask([&](Ledger& ledger) {
        started.release();
        mayGoOn.acquire();
        return ledger.balance(ada);
    });
    started.acquire();
    bool ran = false;
    auto second = desk.ask([&](Ledger& ledger) {
        ran = true;
        return ledger.balance(ada);
    });
    second.cancel();
    mayGoOn.release();
    second.waitForFinished();
    QVERIFY(first.result().ok());
    QVERIFY(second.isCanceled());
    QVERIFY(desk.ask(balanceOfAda()).result().ok());
    QVERIFY(!ran);
}

void TstDesk::itsEndFinishesWhatRunsAndDropsTheRest()
{
    QSemaphore started;
    QFuture<Result<Balance>> running;
    QList<QFuture<Result<Balance>>> waiting;
    bool ran = false;
    {
        Desk desk(m_store->opener());
        running = desk.ask([&](Ledger& ledger) {
            started.release();
            QThread::msleep(50);
            return ledger.balance(ada);
        });
        for (int i = 0; i < 20; ++i)
            waiting.append(desk.ask([&](Ledger& ledger) {
                ran = true;
                return ledger.balance(ada);
            }));
        started.acquire();
    }
    QVERIFY(running.isFinished());
    QVERIFY(!running.isCanceled());
    QVERIFY(running.result().ok());
    for (const auto& future : std::as_const(waiting)) {
        QVERIFY(future.isFinished());
        QVERIFY(future.isCanceled());
        QCOMPARE(future.resultCount(), 0);
    }
    QVERIFY(!ran);
    QCOMPARE(m_store->sessionsOpen(), 0);
}

void TstDesk::endsUnasked()
{
    for (int i = 0; i < 100; ++i)
        const Desk desk(m_store->opener());
    QCOMPARE(m_store->sessionsOpened(), 0);
}

void TstDesk::manyThreadsMayAsk()
{
    constexpr int threads = 8;
    constexpr int questions = 100;
    Desk desk(m_store->opener());
    std::atomic<int> succeeded = 0;
    std::vector<std::unique_ptr<QThread>> askers;
    for (int t = 0; t < threads; ++t) {
        askers.emplace_back(QThread::create([&] {
            for (int i = 0; i < questions; ++i) {
                auto future = desk.ask([](Ledger& ledger) {
                    return ledger.post(topUp(ada, Credits::of(3), newTransactionKey()));
                });
                future.waitForFinished();
                if (future.result().ok())
                    ++succeeded;
            }
        }));
        askers.back()->start();
    }
    for (const auto& asker : askers)
        asker->wait();
    QCOMPARE(succeeded.load(), threads * questions);
    QCOMPARE(m_store->account(ada).balance, Credits::of(1000 + 3 * threads * questions));
    QCOMPARE(m_store->sessionsOpened(), 1);
}

void TstDesk::aWatcherHearsOnlyTheNewestAnswer()
{
    Desk desk(m_store->opener());
    QFutureWatcher<Result<int>> watcher;
    QList<int> heard;
    connect(&watcher, &QFutureWatcherBase::finished, this,
            [&] { heard.append(*watcher.result()); });
    for (int i = 0; i < 10; ++i)
        watcher.setFuture(desk.ask([i](Ledger&) -> Result<int> {
            QThread::msleep(2);
            return i;
        }));
    QTRY_COMPARE(heard, QList<int>{9});
    auto last = desk.ask(balanceOfAda());
    last.waitForFinished();
    QCoreApplication::processEvents();
    QCOMPARE(heard, QList<int>{9});
}

QTEST_GUILESS_MAIN(TstDesk)
#include "tst_desk.moc"
