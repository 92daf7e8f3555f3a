// SPDX-License-Identifier: GPL-3.0-or-later
//! One open question of a panel to a desk: the newest wins, stale answers are dropped.
#pragma once
#include "ledger/core/result.h"

#include <QtCore/QFutureWatcher>

#include <functional>

namespace tallystick {

/// A member of the panel that asks. The answer is handed over on the GUI thread; none comes after
/// the panel is gone, after drop(), or when the desk closed.
template <class T>
class Question final
{
public:
    using Then = std::function<void(Result<T>)>;

    Question()
    {
        QObject::connect(&m_watcher, &QFutureWatcherBase::finished, &m_watcher, [this] {
            const QFuture<Result<T>> future = m_watcher.future();
            if (!future.isCanceled() && future.resultCount() > 0 && m_then) {
                const Then then = std::exchange(m_then, nullptr);
                then(future.result());
            }
        });
    }

    void ask(QFuture<Result<T>> future, Then then)
    {
        m_watcher.cancel(); // one not begun yet need not be answered any more
        m_then = std::move(then);
        m_watcher.setFuture(std::move(future));
    }
    /// No answer is wanted any more; one not begun yet is not asked at all.
    void drop()
    {
        m_then = nullptr;
        m_watcher.cancel();
    }
    [[nodiscard]] bool isOpen() const { return bool(m_then); }

private:
    Then m_then;
    QFutureWatcher<Result<T>> m_watcher;
};

} // namespace tallystick
