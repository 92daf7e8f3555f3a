// SPDX-License-Identifier: GPL-3.0-or-later
//! Users for a run, who waits for whom, and the snapshot the verdict is made from.
#include "ledger/postgres/postgresbench.h"

#include "ledger/postgres/benchrows.h"
#include "ledger/postgres/chains.h"
#include "ledger/postgres/postgresloader.h"
#include "ledger/postgres/rows.h"
#include "ledger/postgres/serverfacts.h"
#include "ledger/postgres/sqltext.h"

#include <QtCore/QDeadlineTimer>
#include <QtCore/QElapsedTimer>
#include <QtCore/QRandomGenerator>
#include <QtCore/QThread>

#include <algorithm>
#include <limits>

namespace tallystick::postgres {

namespace {

constexpr qsizetype usersAtOnce = 1000;
constexpr int longestEndMillis = 10000; ///< how long a terminated session may take to be gone

QStringList textsOf(const QList<UserId>& users)
{
    QStringList texts;
    for (const UserId& user : users)
        texts.append(user.text());
    return texts;
}

} // namespace

PostgresBench::PostgresBench(std::unique_ptr<Session> session)
    : m_session(std::move(session))
    , m_steps(*m_session)
{
}

Result<ServerFacts> PostgresBench::server()
{
    return serverFacts(*m_session);
}

Outcome PostgresBench::createUsers(const QList<BenchUser>& users)
{
    const BenchRows rows = rowsOf(users, Instant::now());
    auto loader = PostgresLoader::begin(*m_session);
    if (!loader)
        return loader.error();
    for (const auto& [table, text] :
         {std::pair(LoadTable::Users, rows.users), std::pair(LoadTable::Balances, rows.balances),
          std::pair(LoadTable::Transactions, rows.transactions)})
        if (Outcome copied = (*loader)->copy(table, text); !copied)
            return copied.error();
    return (*loader)->finish();
}

Outcome PostgresBench::removeUsers(const QList<UserId>& users)
{
    for (qsizetype first = 0; first < users.size(); first += usersAtOnce) {
        auto removed = m_session->run(
            "commands/remove_users",
            {{"users", arrayLiteral(textsOf(users.mid(first, usersAtOnce)))}}, Sent::Commit);
        if (!removed)
            return removed.error();
        (*removed)->finish();
    }
    return Done{};
}

Outcome PostgresBench::quiesce(const QString& sessionPrefix, int graceMillis)
{
    QDeadlineTimer grace(graceMillis);
    QDeadlineTimer end(graceMillis + longestEndMillis);
    bool isTerminated = false;
    while (true) {
        auto counted = m_session->run("bench/count_sessions", {{"prefix", sessionPrefix}});
        if (!counted)
            return counted.error();
        (*counted)->next();
        const qint64 left = numberAt(**counted, "sessions") + numberAt(**counted, "prepared");
        (*counted)->finish();
        if (left == 0)
            return Done{};
        if (grace.hasExpired() && !isTerminated) {
            isTerminated = true;
            auto ended = m_session->run("bench/terminate_sessions", {{"prefix", sessionPrefix}});
            if (!ended)
                return ended.error();
            (*ended)->finish();
        }
        if (end.hasExpired())
            return Failure{.kind = Failure::Kind::TimedOut,
                           .statement = QStringLiteral("quiesce"),
                           .text = QString::number(left)};
        QThread::msleep(5);
    }
}

Result<ServerFindings> PostgresBench::snapshot(const QList<UserId>& users,
                                               const std::function<bool(Chain&&)>& sink)
{
    auto work = UnitOfWork::begin(*m_session, UnitOfWork::Isolation::Snapshot);
    if (!work)
        return work.error();
    bool isWanted = true;
    for (qsizetype first = 0; first < users.size() && isWanted; first += usersAtOnce) {
        const Outcome read = streamChains(
            *m_session, "audit/chains_of",
            {{"users", arrayLiteral(textsOf(users.mid(first, usersAtOnce)))}}, [&](Chain&& chain) {
                isWanted = sink(std::move(chain));
                return isWanted;
            });
        if (!read)
            return read.error();
    }
    ServerFindings findings;
    const qint64 seed = QRandomGenerator::system()->generate();
    for (qsizetype first = 0; first < users.size() && isWanted; first += usersAtOnce)
        if (Outcome found = findBroken(users.mid(first, usersAtOnce), seed, findings); !found)
            return found.error();
    if (Outcome ended = (*work)->commit(); !ended)
        return ended.error();
    return findings;
}

Outcome PostgresBench::findBroken(const QList<UserId>& users, qint64 seed, ServerFindings& findings)
{
    auto found = m_session->run("audit/broken_chains",
                                {{"users", arrayLiteral(textsOf(users))}, {"seed", seed}});
    if (!found)
        return found.error();
    while ((*found)->next())
        if (const auto user = UserId::from(textAt(**found, "id")))
            ((*found)->flag("undecided") ? findings.undecided : findings.broken).insert(*user);
    (*found)->finish();
    return Done{};
}

Result<qint64> PostgresBench::roundTripMicros()
{
    constexpr int tries = 20;
    qint64 least = std::numeric_limits<qint64>::max();
    for (int done = 0; done < tries; ++done) {
        QElapsedTimer clock;
        clock.start();
        auto answered = m_session->run("bench/round_trip");
        if (!answered)
            return answered.error();
        (*answered)->finish();
        least = std::min(least, clock.nsecsElapsed() / 1'000);
    }
    return least;
}

Result<ActivitySample> PostgresBench::sample(const QString& sessionPrefix)
{
    ActivitySample sample{.at = Instant::now()};
    auto sessions = m_session->run("bench/sessions", {{"prefix", sessionPrefix}});
    if (!sessions)
        return sessions.error();
    (*sessions)->next();
    sample.active = int(numberAt(**sessions, "active"));
    sample.waitingForLock = int(numberAt(**sessions, "waiting_lock"));
    sample.waitingForCommit = int(numberAt(**sessions, "waiting_commit"));
    sample.idle = int(numberAt(**sessions, "idle"));
    (*sessions)->finish();

    auto waits = m_session->run("bench/lock_waits", {{"prefix", sessionPrefix}});
    if (!waits)
        return waits.error();
    const Statement& row = **waits;
    while ((*waits)->next()) {
        const int waiter = int(numberAt(row, "waiter_pid"));
        if (sample.waits.isEmpty() || sample.waits.last().waiterPid != waiter)
            sample.waits.append({.at = sample.at,
                                 .waiterPid = waiter,
                                 .waiterName = textAt(row, "waiter_name"),
                                 .waitEvent = textAt(row, "wait_event"),
                                 .waitedMicros = numberAt(row, "waited_micros"),
                                 .user = UserId::from(textAt(row, "user_id"))});
        sample.waits.last().blockerPids.append(int(numberAt(row, "blocker_pid")));
        sample.waits.last().blockerNames.append(textAt(row, "blocker_name"));
    }
    return sample;
}

Outcome PostgresBench::holdLock(const UserId& user)
{
    Q_ASSERT(!m_held);
    auto work = UnitOfWork::begin(*m_session);
    if (!work)
        return work.error();
    if (auto locked = m_steps.lock(user); !locked)
        return locked.error();
    m_held = *std::move(work);
    return Done{};
}

Outcome PostgresBench::releaseLock()
{
    const std::unique_ptr<UnitOfWork> held = std::move(m_held);
    return held ? held->commit() : Outcome(Done{});
}

} // namespace tallystick::postgres
