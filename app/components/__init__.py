"""The Streamlit components: Python, JavaScript and CSS of one component in each folder."""
