// SPDX-License-Identifier: GPL-3.0-or-later
//! The clerk behind the desk: a thread, a queue and a session.
#include "ledger/async/desk.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace tallystick {

/// Owns the thread. Its queue is shared under a mutex; its session is touched by its thread only.
class Desk::Clerk final
{
public:
    explicit Clerk(LedgerOpener opener)
        : m_opener(std::move(opener))
        , m_thread([this] { work(); })
    {
    }

    ~Clerk()
    {
        std::deque<Task> dropped;
        {
            const std::lock_guard guard(m_mutex);
            m_isClosing = true;
            dropped.swap(m_tasks);
        }
        m_wake.notify_one();
        // A dropped task takes its promise along, which cancels and finishes the future; outside
        // the lock, as whoever watches may ask again.
        dropped.clear();
        m_thread.join();
    }

    Clerk(const Clerk&) = delete;
    Clerk& operator=(const Clerk&) = delete;

    void enqueue(Task task)
    {
        {
            const std::lock_guard guard(m_mutex);
            if (m_isClosing)
                return;
            m_tasks.push_back(std::move(task));
        }
        m_wake.notify_one();
    }

private:
    std::optional<Task> nextTask()
    {
        std::unique_lock lock(m_mutex);
        m_wake.wait(lock, [this] { return m_isClosing || !m_tasks.empty(); });
        if (m_isClosing)
            return std::nullopt;
        Task task = std::move(m_tasks.front());
        m_tasks.pop_front();
        return task;
    }

    void work()
    {
        std::unique_ptr<Ledger> ledger; // opened, used and dropped on this thread
        while (auto task = nextTask()) {
            NextSession next = NextSession::Keep;
            do {
                next = (*task)(sessionFrom(ledger));
                if (next != NextSession::Keep)
                    ledger.reset();
            } while (next == NextSession::FreshForTheSame);
        }
    }

    /// The session there is, or a new one.
    Result<Ledger*> sessionFrom(std::unique_ptr<Ledger>& ledger)
    {
        if (!ledger) {
            auto opened = m_opener();
            if (!opened)
                return opened.error();
            ledger = std::move(opened).value();
        }
        return ledger.get();
    }

    LedgerOpener m_opener;
    std::mutex m_mutex;
    std::condition_variable m_wake;
    std::deque<Task> m_tasks;
    bool m_isClosing = false;
    std::thread m_thread; // last: it uses all the others
};

Desk::Desk(LedgerOpener opener, Health health)
    : m_health(std::move(health))
    , m_clerk(std::make_unique<Clerk>(std::move(opener)))
{
}

Desk::~Desk() = default;

void Desk::enqueue(Task task)
{
    m_clerk->enqueue(std::move(task));
}

} // namespace tallystick
