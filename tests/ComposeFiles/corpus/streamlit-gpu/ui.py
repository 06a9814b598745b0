import streamlit as st

st.title("Vision")
