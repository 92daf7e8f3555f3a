// SPDX-License-Identifier: GPL-3.0-or-later
//! Stands between sessions and a server and loses one chosen message.
#pragma once
#include "ledger/core/connection.h"

#include <QtCore/QByteArray>

#include <atomic>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace tallystick {

/// Understands of the protocol (PostgreSQL manual, "Frontend/Backend Protocol") just enough to know
/// where a simple query begins and where the answer to it ends. Runs on a thread of its own from
/// the constructor to the destructor.
class WireProxy final
{
public:
    enum class Loses {
        Request, ///< the server never sees the query
        Reply    ///< the server has answered it to the end; the client never sees the answer
    };
    /// \a isMeant is asked, on the proxy's thread, about every query of every session, until it
    /// says yes: that one's request or reply is lost with its session, and from then on nobody gets
    /// through.
    WireProxy(const Connection& server, Loses loses,
              std::function<bool(const QByteArray& query)> isMeant);
    ~WireProxy();
    WireProxy(const WireProxy&) = delete;
    WireProxy& operator=(const WireProxy&) = delete;

    /// The same database, through here.
    [[nodiscard]] Connection connection() const;
    [[nodiscard]] bool hasStruck() const { return m_hasStruck; }

private:
    /// One session: what came from each side and was not passed on yet.
    struct Pair
    {
        int client = -1, server = -1;
        QByteArray fromClient, fromServer;
        bool isStarted = false; ///< the first message has a form of its own
        bool losesReply = false;
        bool isOver = false;
    };
    void work();
    void acceptOne();
    void readClient(Pair& pair);
    void readServer(Pair& pair);
    void strike(Pair& pair);

    Connection m_target;
    Loses m_loses;
    std::function<bool(const QByteArray&)> m_isMeant;
    int m_listener = -1;
    int m_port = 0;
    std::atomic<bool> m_isEnding = false, m_hasStruck = false;
    std::vector<std::unique_ptr<Pair>> m_pairs;
    std::thread m_thread;
};

} // namespace tallystick
