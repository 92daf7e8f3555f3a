// SPDX-License-Identifier: GPL-3.0-or-later
//! A raised surface with rounded corners and a hairline around it.
#pragma once
#include "ui/shared/theme.h"

#include <QtWidgets/QFrame>

#include <optional>

class QVBoxLayout;

namespace tallystick {

class Card final : public QFrame
{
    Q_OBJECT
public:
    explicit Card(QWidget* parent = nullptr);
    /// A column with the card's own margins; add what it holds here.
    [[nodiscard]] QVBoxLayout* column() const { return m_column; }
    void setPadding(int horizontal, int vertical);
    /// A bar of this colour along the left edge: the verdict of what the card says.
    void setEdge(std::optional<theme::Role> role);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QVBoxLayout* m_column;
    std::optional<theme::Role> m_edge;
};

} // namespace tallystick
