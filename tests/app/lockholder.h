// SPDX-License-Identifier: GPL-3.0-or-later
//! Another session that holds a customer's balance locked.
#pragma once
#include "tests/support/testserver.h"

#include <QtTest/QtTest>

#include <thread>

namespace tallystick {

/// Holds the lock until it is released, the server goes or a minute is over; on a thread of its
/// own, with a session of its own.
class LockHolder final
{
public:
    LockHolder(const Connection& connection, const QString& user)
        : m_connection(connection)
        , m_thread([connection, user] {
            static_cast<void>(sqlStateOf(
                connection, QStringLiteral("begin; select 1 from platform.\"UserBalance\" where "
                                           "\"userId\" = '%1' for update; select pg_sleep(60)")
                                .arg(user)));
        })
    {
    }
    ~LockHolder() { m_thread.join(); }
    LockHolder(const LockHolder&) = delete;
    LockHolder& operator=(const LockHolder&) = delete;

    [[nodiscard]] bool isHolding() const
    {
        return QTest::qWaitFor(
            [this] {
                return sql(m_connection, QStringLiteral("select count(*) from pg_stat_activity "
                                                        "where wait_event = 'PgSleep'")) ==
                       QLatin1String("1");
            },
            20'000);
    }
    /// The lock comes free as the session is ended. Who waited for it may be done, and have stopped
    /// the server, before this session has its answer: that is no trouble.
    void release() const
    {
        static_cast<void>(sqlStateOf(
            m_connection, QStringLiteral("select pg_terminate_backend(pid) from "
                                         "pg_stat_activity where wait_event = 'PgSleep'")));
    }

private:
    Connection m_connection;
    std::thread m_thread;
};

} // namespace tallystick
