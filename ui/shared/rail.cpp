// SPDX-License-Identifier: GPL-3.0-or-later
//! Icons with a word below; the current page's button is tinted.
#include "ui/shared/rail.h"

#include "ui/shared/icons.h"

#include <QtGui/QPainter>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

namespace tallystick {

namespace {

constexpr int railWidth = 76;

} // namespace

Rail::Rail(QWidget* parent)
    : QWidget(parent)
    , m_pages(new QVBoxLayout)
    , m_actions(new QVBoxLayout)
    , m_group(new QButtonGroup(this))
{
    setFixedWidth(railWidth);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, theme::gap, 7, theme::gap);
    column->setSpacing(theme::tight);
    for (QVBoxLayout* part : {m_pages, m_actions})
        part->setSpacing(theme::tight);
    column->addLayout(m_pages);
    column->addStretch();
    column->addLayout(m_actions);
    connect(m_group, &QButtonGroup::idClicked, this, &Rail::pageChosen);
}

QToolButton* Rail::makeButton(const Entry& entry)
{
    auto* button = new QToolButton;
    button->setObjectName(entry.objectName);
    button->setIcon(icons::icon(entry.iconName, theme::Role::Secondary));
    button->setIconSize({20, 20});
    button->setText(entry.text);
    button->setFont(theme::font(theme::Type::Caption));
    button->setToolButtonStyle(Qt::ToolButtonTextUnderIcon);
    button->setAutoRaise(true);
    button->setToolTip(entry.toolTip);
    button->setAccessibleName(entry.text);
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedSize(railWidth - 13, 54);
    return button;
}

void Rail::addPage(const Entry& entry)
{
    QToolButton* button = makeButton(entry);
    button->setCheckable(true);
    m_group->addButton(button, int(m_group->buttons().size()));
    m_pages->addWidget(button);
}

QToolButton* Rail::addAction(const Entry& entry)
{
    QToolButton* button = makeButton(entry);
    m_actions->addWidget(button);
    return button;
}

void Rail::setCurrent(int index)
{
    if (QAbstractButton* button = m_group->button(index))
        button->setChecked(true);
}

void Rail::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), theme::color(theme::Role::Window, palette()));
    painter.fillRect(QRect(width() - 1, 0, 1, height()),
                     theme::color(theme::Role::Hairline, palette()));
}

} // namespace tallystick
