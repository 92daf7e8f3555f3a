// SPDX-License-Identifier: GPL-3.0-or-later
//! An inline message: what happened, what it means for the money, what to do.
#pragma once
#include "ui/shared/theme.h"
#include "ui/shared/words.h"

#include <QtWidgets/QFrame>

class QPushButton;
class QToolButton;

namespace tallystick {

class Label;

/// The technical part (SQLSTATE, the server's words) is folded until asked for.
class Banner final : public QFrame
{
    Q_OBJECT
public:
    explicit Banner(QWidget* parent = nullptr);
    /// \a action names the button ("Retry", "Ask again"); empty: no button.
    void showError(const Error& error, words::Doing doing, const QString& action = {});
    void showMessage(theme::Role role, const QString& title, const QString& text,
                     const QString& action = {});
    /// The whole text, as a screen reader gets it.
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton* actionButton() const { return m_action; }

signals:
    void actionTriggered();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void put(theme::Role role, const words::Explanation& explanation, const QString& action);
    theme::Role m_role = theme::Role::Negative;
    Label* m_title;
    Label* m_body;
    QToolButton* m_fold;
    Label* m_technical;
    QPushButton* m_action;
};

} // namespace tallystick
