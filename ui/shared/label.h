// SPDX-License-Identifier: GPL-3.0-or-later
//! A line or paragraph of text in one of the theme's sizes and roles.
#pragma once
#include "ui/shared/theme.h"

#include <QtWidgets/QLabel>

namespace tallystick {

/// Follows the theme at run time. Plain text: nothing a customer typed is ever read as markup.
class Label final : public QLabel
{
    Q_OBJECT
public:
    Label(theme::Type type, theme::Role role, const QString& text = {}, QWidget* parent = nullptr);
    void setRole(theme::Role role);
    /// Shortens with an ellipsis in place of asking for more width; the whole text is the tool tip.
    void setElided(Qt::TextElideMode mode);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void takeColor();
    theme::Role m_role;
    Qt::TextElideMode m_elide = Qt::ElideNone;
};

} // namespace tallystick
