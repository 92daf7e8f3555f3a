// SPDX-License-Identifier: GPL-3.0-or-later
//! Content, or why there is none yet: loading, empty or an error with a way out.
#pragma once
#include "ui/shared/emptystate.h"
#include "ui/shared/words.h"

#include <QtCore/QTimer>
#include <QtWidgets/QStackedWidget>

class QPushButton;

namespace tallystick {

class Banner;

/// While loading, what was shown stays for 150 ms, then the skeleton; after a second Cancel comes.
class StateView final : public QStackedWidget
{
    Q_OBJECT
public:
    enum class State { Content, Loading, Empty, Failed };
    /// Takes \a content as a child.
    explicit StateView(QWidget* content, QWidget* parent = nullptr);

    void showContent();
    void showLoading();
    void showEmpty(const EmptyState::Text& text);
    void showError(const Error& error, words::Doing doing = words::Doing::Reading);
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] Banner* banner() const { return m_banner; }
    [[nodiscard]] EmptyState* emptyState() const { return m_empty; }

signals:
    void retryRequested();
    void cancelRequested();
    void emptyActionTriggered();

private:
    void leaveLoading(State next);
    State m_state = State::Content;
    QWidget* m_content;
    QWidget* m_loading;
    EmptyState* m_empty;
    QWidget* m_errorPage;
    Banner* m_banner;
    QPushButton* m_cancel;
    QTimer m_skeletonTimer;
    QTimer m_cancelTimer;
};

} // namespace tallystick
