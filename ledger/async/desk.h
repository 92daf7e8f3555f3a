// SPDX-License-Identifier: GPL-3.0-or-later
//! One thread with one ledger session, at which the GUI asks without waiting.
#pragma once
#include "ledger/core/ledger.h"

#include <QtCore/QFuture>
#include <QtCore/QPromise>

#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

namespace tallystick {

/// Opens its session on its own thread at the first question, and again after one was lost.
/// ask() may be called from any thread and returns at once; questions are answered in order.
/// The destructor lets the running question finish and drops the rest (their futures finish
/// cancelled). Never wait for a future on the GUI thread: watch it (QFutureWatcher as a child of
/// the asking panel; setFuture() with a newer question drops the older answer).
class Desk final
{
public:
    /// Told on the desk's thread after every answer: the failure that lost the session or kept it
    /// from opening, or nothing when there was a session to answer on.
    using Health = std::function<void(const std::optional<Failure>& loss)>;

    explicit Desk(LedgerOpener opener, Health health = {});
    ~Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    /// What becomes of a question whose session turns out to be dead.
    enum class Repeat {
        Never, ///< the loss is its answer: for everything that writes
        Once   ///< asked once more on a fresh session: for what only reads
    };

    /// \a question: Ledger& -> Result<T>. The future holds one Result<T>.
    template <class Question>
    auto ask(Question question, Repeat repeat = Repeat::Never)
        -> QFuture<std::invoke_result_t<Question, Ledger&>>
    {
        using Answer = std::invoke_result_t<Question, Ledger&>;
        auto promise = std::make_shared<QPromise<Answer>>();
        promise->start();
        QFuture<Answer> future = promise->future();
        enqueue([this, promise, repeat,
                 question = std::move(question)](const Result<Ledger*>& ledger) mutable {
            if (promise->isCanceled()) {
                promise->finish();
                return NextSession::Keep;
            }
            Answer answer = ledger ? question(**ledger) : Answer(ledger.error());
            const Failure* failure = answer.failure();
            const bool isLost = failure && failure->needsNewSession();
            // One that could not even be opened did not die: opening again would only take longer.
            if (isLost && ledger && std::exchange(repeat, Repeat::Never) == Repeat::Once)
                return NextSession::FreshForTheSame;
            if (m_health)
                m_health(isLost ? std::optional(*failure) : std::nullopt);
            promise->addResult(std::move(answer));
            promise->finish();
            return isLost ? NextSession::Fresh : NextSession::Keep;
        });
        return future;
    }

private:
    enum class NextSession { Keep, Fresh, FreshForTheSame };
    using Task = std::function<NextSession(const Result<Ledger*>&)>;
    void enqueue(Task task);

    Health m_health;
    class Clerk;
    std::unique_ptr<Clerk> m_clerk;
};

} // namespace tallystick
